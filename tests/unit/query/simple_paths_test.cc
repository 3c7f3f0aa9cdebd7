// Paths that pass no entity twice: K_SHORTEST, ALL_SIMPLE, and what paths must have.

#include "server/query/simple_paths.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/walks.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::IsEmpty;
using ::testing::SizeIs;

//   a -s1-> b -s2-> d,  a -s3-> c -s4-> d,  a -s5-> x -s6-> y -s7-> d   by part_of
//   b -l1-> d  by leads_to;  c ~n1~ b  by near
class SimplePathsTest : public ::testing::Test {
 protected:
  SimplePathsTest() {
    graph_.Entities(
        {"node/a", "node/b", "node/c", "node/d", "node/x", "node/y", "node/alone"});
    graph_.Relate("s1", "a", "part_of", "b");
    graph_.Relate("s2", "b", "part_of", "d");
    graph_.Relate("s3", "a", "part_of", "c");
    graph_.Relate("s4", "c", "part_of", "d");
    graph_.Relate("s5", "a", "part_of", "x");
    graph_.Relate("s6", "x", "part_of", "y");
    graph_.Relate("s7", "y", "part_of", "d");
    graph_.Relate("l1", "b", "leads_to", "d");
    graph_.Relate("n1", "c", "near", "b");
    graph_.Commit();
  }

  // A request for all simple paths, unless `more` says otherwise.
  static v1::FindPathsRequest Request(absl::string_view more) {
    auto request = schema::ParseText<v1::FindPathsRequest>(std::string(more));
    if (request.mode() == v1::PATH_MODE_UNSPECIFIED) {
      request.set_mode(v1::PATH_MODE_ALL_SIMPLE);
    }
    return request;
  }
  std::vector<std::string> Paths(absl::string_view more) {
    return PathTexts(graph_, Request(more));
  }

  TestGraph graph_;
};

constexpr char kFromAToD[] = "from: 'node/a' to: 'node/d' ";

TEST_F(SimplePathsTest, AllComeByHopsThenEntitiesThenStatements) {
  EXPECT_THAT(Paths(kFromAToD),
              ElementsAre("a -s1- b -s2- d", "a -s1- b -l1- d", "a -s3- c -s4- d",
                          "a -s1- b -n1- c -s4- d", "a -s3- c -n1- b -s2- d",
                          "a -s3- c -n1- b -l1- d", "a -s5- x -s6- y -s7- d"));
}

TEST_F(SimplePathsTest, KShortestIsWholeWithItsNumber) {
  const std::string request = absl::StrCat(kFromAToD, "mode: PATH_MODE_K_SHORTEST ");
  EXPECT_THAT(Paths(request + "max_paths: 4"),
              ElementsAre("a -s1- b -s2- d", "a -s1- b -l1- d", "a -s3- c -s4- d",
                          "a -s1- b -n1- c -s4- d"));
  ASSERT_OK_AND_ASSIGN(FoundPaths found,
                       RunFindPaths(graph_, Request(request + "max_paths: 7")));
  EXPECT_THAT(found.paths, SizeIs(7));
  EXPECT_EQ(found.summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_EQ(found.summary.hops(), 2u);
  EXPECT_TRUE(found.may_have_more);  // it did not look
  ASSERT_OK_AND_ASSIGN(found, RunFindPaths(graph_, Request(request + "max_paths: 8")));
  EXPECT_THAT(found.paths, SizeIs(7));
  EXPECT_FALSE(found.may_have_more);
}

TEST_F(SimplePathsTest, AllSimpleIsCutWhereThereAreMore) {
  ASSERT_OK_AND_ASSIGN(
      FoundPaths found,
      RunFindPaths(graph_, Request(absl::StrCat(kFromAToD, "max_paths: 7"))));
  EXPECT_EQ(found.summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_FALSE(found.may_have_more);
  ASSERT_OK_AND_ASSIGN(
      found, RunFindPaths(graph_, Request(absl::StrCat(kFromAToD, "max_paths: 6"))));
  EXPECT_THAT(found.paths, SizeIs(6));
  EXPECT_EQ(found.summary.cut(), v1::CUT_REASON_MAX_HITS);
  EXPECT_TRUE(found.may_have_more);
}

TEST_F(SimplePathsTest, EarlierPagesArePassedOver) {
  const v1::FindPathsRequest request = Request(absl::StrCat(kFromAToD, "max_paths: 2"));
  EXPECT_THAT(PathTexts(graph_, request, 2),
              ElementsAre("a -s3- c -s4- d", "a -s1- b -n1- c -s4- d"));
  EXPECT_THAT(PathTexts(graph_, request, 6), ElementsAre("a -s5- x -s6- y -s7- d"));
  EXPECT_THAT(PathTexts(graph_, request, 7), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const FoundPaths found, RunFindPaths(graph_, request, nullptr, 3));
  EXPECT_EQ(found.summary.paths(), 2u);
  EXPECT_EQ(found.summary.hops(), 3u);  // of the first on this page
}

TEST_F(SimplePathsTest, MaxHopsBoundsTheLength) {
  EXPECT_THAT(Paths(absl::StrCat(kFromAToD, "max_hops: 2")), SizeIs(3));
  EXPECT_THAT(Paths(absl::StrCat(kFromAToD, "max_hops: 1")), IsEmpty());
}

TEST_F(SimplePathsTest, APathMayPassAnotherEndButNoEntityTwice) {
  graph_.Relate("loop", "b", "leads_to", "b");
  graph_.Commit();
  EXPECT_THAT(Paths("from: 'node/a' from: 'node/x' to: 'node/b' to: 'node/x' "
                    "avoid_entities: 'node/c' avoid_entities: 'node/d'"),
              ElementsAre("x", "a -s1- b", "a -s5- x", "x -s5- a -s1- b"));
}

TEST_F(SimplePathsTest, WhatIsBetweenTheEndsIsCheckedOnTheWayThroughAnEndAsWell) {
  EXPECT_THAT(Paths("from: 'node/a' from: 'node/x' to: 'node/b' to: 'node/x' "
                    "avoid_entities: 'node/c' avoid_entities: 'node/d' "
                    "where: 'NOT key = a'"),
              ElementsAre("x", "a -s1- b", "a -s5- x"));
  EXPECT_THAT(
      Paths(absl::StrCat(kFromAToD, "where: 'NOT key = c'")),
      ElementsAre("a -s1- b -s2- d", "a -s1- b -l1- d", "a -s5- x -s6- y -s7- d"));
  EXPECT_THAT(Paths(absl::StrCat(kFromAToD, "kinds: 'special'")), IsEmpty());
}

TEST_F(SimplePathsTest, NoWayIsAnAnswer) {
  ASSERT_OK_AND_ASSIGN(
      const FoundPaths found,
      RunFindPaths(graph_, Request("from: 'node/a' to: 'node/alone' max_hops: 64")));
  EXPECT_THAT(found.paths, IsEmpty());
  EXPECT_EQ(found.summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_THAT(Paths("from: 'node/a' to: 'node/d' avoid_entities: 'node/d'"), IsEmpty());
}

TEST_F(SimplePathsTest, ARequiredEntityIsPassedOrAnEnd) {
  const auto shortest = [&](absl::string_view required) {
    return Paths(absl::StrCat(kFromAToD, "mode: PATH_MODE_ALL_SHORTEST ", required));
  };
  EXPECT_THAT(shortest("required_entities: 'node/y'"),
              ElementsAre("a -s5- x -s6- y -s7- d"));
  EXPECT_THAT(shortest("required_entities: 'node/a' required_entities: 'node/d'"),
              SizeIs(3));
  EXPECT_THAT(shortest("required_entities: 'node/b' required_entities: 'node/c'"),
              ElementsAre("a -s1- b -n1- c -s4- d", "a -s3- c -n1- b -s2- d",
                          "a -s3- c -n1- b -l1- d"));
  EXPECT_THAT(shortest("required_entities: 'node/b' required_entities: 'node/y'"),
              IsEmpty());
  EXPECT_THAT(shortest("required_entities: 'node/alone'"), IsEmpty());
  EXPECT_THAT(shortest("required_entities: 'node/b' avoid_entities: 'node/b'"),
              IsEmpty());
  EXPECT_THAT(shortest("required_entities: 'node/y' max_hops: 2"), IsEmpty());
}

TEST_F(SimplePathsTest, ShortestWithARequiredEntityIsTheFirstOfThem) {
  EXPECT_THAT(Paths(absl::StrCat(kFromAToD, "mode: PATH_MODE_SHORTEST ",
                                 "required_entities: 'node/b' required_entities: "
                                 "'node/c'")),
              ElementsAre("a -s1- b -n1- c -s4- d"));
}

TEST_F(SimplePathsTest, ARequiredEntityIsNoExceptionToConditions) {
  EXPECT_THAT(
      Paths(absl::StrCat(kFromAToD, "required_entities: 'node/b' where: 'NOT key = b'")),
      IsEmpty());
}

TEST_F(SimplePathsTest, ARequiredPredicateIsUsedWhicheverWay) {
  EXPECT_THAT(Paths(absl::StrCat(kFromAToD, "required_predicates: 'leads_to'")),
              ElementsAre("a -s1- b -l1- d", "a -s3- c -n1- b -l1- d"));
  EXPECT_THAT(
      Paths(absl::StrCat(kFromAToD, "mode: PATH_MODE_SHORTEST ",
                         "required_predicates: 'near' required_predicates: 'leads_to'")),
      ElementsAre("a -s3- c -n1- b -l1- d"));
  EXPECT_THAT(Paths("from: 'node/d' to: 'node/b' max_hops: 1 "
                    "required_predicates: 'goes_to'"),
              ElementsAre("d -l1- b"));
  EXPECT_THAT(Paths("from: 'node/d' to: 'node/b' max_hops: 1 "
                    "required_predicates: 'has_part'"),
              ElementsAre("d -s2- b"));
  EXPECT_THAT(Paths(absl::StrCat(kFromAToD, "required_predicates: 'like'")), IsEmpty());
  EXPECT_THAT(Paths(absl::StrCat(kFromAToD, "required_predicates: 'near' ",
                                 "avoid_predicates: 'near'")),
              IsEmpty());
  EXPECT_THAT(Paths("from: 'node/a' to: 'node/a' required_predicates: 'near'"),
              IsEmpty());
}

TEST_F(SimplePathsTest, TwoRequiredPredicatesAreNotOneHop) {
  EXPECT_THAT(Paths("from: 'node/b' to: 'node/d' max_hops: 1 "
                    "required_predicates: 'part_of' required_predicates: 'leads_to'"),
              IsEmpty());
}

TEST_F(SimplePathsTest, CertaintyIsThatOfTheWeakestStatement) {
  TestGraph graph;
  graph.Entities({"node/a", "node/b"});
  graph.Relate("s1", "a", "part_of", "b", "valid { start: '2020' end: '..' }");
  graph.Relate("s2", "a", "part_of", "b", "valid { start: '2020' }");
  graph.Commit();
  EXPECT_THAT(
      PathTexts(graph,
                Request("from: 'node/a' to: 'node/b' read { valid_at: '2022-01-01' }")),
      ElementsAre("a -s1- b", "a -s2- b?"));
}

TEST_F(SimplePathsTest, MaxVisitedCutsAtEveryPoint) {
  v1::FindPathsRequest request = Request(absl::StrCat(kFromAToD, "max_hops: 4"));
  request.add_required_predicates("part_of");
  const std::vector<std::string> whole = PathTexts(graph_, request);
  ASSERT_OK_AND_ASSIGN(FoundPaths found, RunFindPaths(graph_, request));
  request.set_max_visited(found.summary.visited_statements());
  ASSERT_OK_AND_ASSIGN(found, RunFindPaths(graph_, request));
  EXPECT_EQ(found.summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  while (request.max_visited() > 1) {
    request.set_max_visited(request.max_visited() - 1);
    ASSERT_OK_AND_ASSIGN(found, RunFindPaths(graph_, request));
    EXPECT_EQ(found.summary.cut(), v1::CUT_REASON_MAX_VISITED);
    EXPECT_FALSE(found.may_have_more);
    const std::vector<std::string> some = PathTexts(graph_, request);
    ASSERT_LE(some.size(), whole.size());
    EXPECT_TRUE(std::equal(some.begin(), some.end(), whole.begin()));
  }
}

TEST_F(SimplePathsTest, DeadlineCutsAndCancellingFails) {
  ASSERT_OK_AND_ASSIGN(
      const FoundPaths found,
      RunFindPaths(graph_, Request(kFromAToD), [] { return Signal::kDeadlineNear; }));
  EXPECT_EQ(found.summary.cut(), v1::CUT_REASON_DEADLINE);
  EXPECT_THAT(found.paths, IsEmpty());
  EXPECT_THAT(RunFindPaths(graph_, Request(kFromAToD), [] { return Signal::kCancelled; }),
              FailsWith(v1::ERROR_REASON_CANCELLED));
}

// Nobody is there to take paths.
class GoneSink final : public PathSink {
 public:
  absl::Status Take(const FoundPath&) override {
    ++calls;
    return absl::CancelledError("gone");
  }
  int calls = 0;
};

TEST_F(SimplePathsTest, AnErrorOfTheSinkEndsTheSearch) {
  for (const v1::PathMode mode : {v1::PATH_MODE_ALL_SHORTEST, v1::PATH_MODE_ALL_SIMPLE}) {
    v1::FindPathsRequest request = Request(kFromAToD);
    request.set_mode(mode);
    const auto view = graph_.Read();
    ASSERT_OK_AND_ASSIGN(const PathPlan plan, PlanPaths(request, *view));
    StoreExpander expander(&view->records());
    Budget budget(plan.max_visited, plan.max_paths, nullptr);
    GoneSink sink;
    EXPECT_EQ(FindPaths(plan, *view, expander, budget, &sink).status(),
              absl::CancelledError("gone"));
    EXPECT_EQ(sink.calls, 1);
  }
}

// Behind the only way to the end, c, hangs a clump in which all are related to all: there
// are millions of ways into it, and none out of it again.
TEST(SimplePathsWorkTest, AClumpThatLeadsNowhereIsNotTriedAgainAndAgain) {
  constexpr int kClump = 16;
  TestGraph graph;
  graph.Entities({"node/a", "node/c", "node/end"});
  for (int i = 0; i < kClump; ++i) graph.Entities({absl::StrCat("node/k", i)});
  graph.Relate("first", "a", "near", "c");
  graph.Relate("last", "c", "near", "end");
  for (int i = 0; i < kClump; ++i) {
    graph.Relate(absl::StrCat("in", i), "c", "near", absl::StrCat("k", i));
    for (int j = 0; j < i; ++j) {
      graph.Relate(absl::StrCat("k", i, "-", j), absl::StrCat("k", i), "near",
                   absl::StrCat("k", j));
    }
  }
  graph.Commit();
  const auto request = schema::ParseText<v1::FindPathsRequest>(
      "from: 'node/a' to: 'node/end' mode: PATH_MODE_ALL_SIMPLE max_hops: 16 "
      "max_visited: 100000");
  ASSERT_OK_AND_ASSIGN(const FoundPaths found, RunFindPaths(graph, request));
  EXPECT_EQ(found.summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_THAT(found.paths, SizeIs(1));
}

}  // namespace
}  // namespace labgraph::query
