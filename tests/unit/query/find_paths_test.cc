#include "server/query/find_paths.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/walks.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using ::testing::ElementsAre;
using testing::FailsAt;
using testing::FailsWith;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::SizeIs;

v1::FindPathsRequest Request(absl::string_view text) {
  return schema::ParseText<v1::FindPathsRequest>(text);
}

std::vector<std::string> Paths(const TestGraph& graph, absl::string_view text) {
  return PathTexts(graph, Request(text));
}

//   a -s1-> b -s2-> d,  a -s3-> c -s4-> d,  a -s5-> x -s6-> y -s7-> d   by part_of
//   b -l1-> d  by leads_to;  a ~n1~ c  by near
class FindPathsTest : public ::testing::Test {
 protected:
  FindPathsTest() {
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
    graph_.Relate("n1", "c", "near", "a");
    graph_.Commit();
  }

  std::vector<std::string> All(absl::string_view more) {
    return Paths(graph_, absl::StrCat("mode: PATH_MODE_ALL_SHORTEST ", more));
  }

  TestGraph graph_;
};

TEST_F(FindPathsTest, ShortestGivesOne) {
  EXPECT_THAT(Paths(graph_, "from: 'node/a' to: 'node/d'"),
              ElementsAre("a -s1- b -l1- d"));
}

TEST_F(FindPathsTest, AllShortestGivesAllInOrder) {
  EXPECT_THAT(All("from: 'node/a' to: 'node/d'"),
              ElementsAre("a -s1- b -s2- d", "a -s1- b -l1- d", "a -s3- c -s4- d",
                          "a -n1- c -s4- d"));
}

TEST_F(FindPathsTest, StatementsTurnLikeAnOdometer) {
  graph_.Relate("t1", "a", "leads_to", "b");
  graph_.Commit();
  EXPECT_THAT(All("from: 'node/a' to: 'node/d' avoid_entities: 'node/c'"),
              ElementsAre("a -s1- b -s2- d", "a -s1- b -l1- d", "a -t1- b -s2- d",
                          "a -t1- b -l1- d"));
}

TEST_F(FindPathsTest, DirectionAndPredicates) {
  EXPECT_THAT(Paths(graph_, "from: 'node/d' to: 'node/a' direction: DIRECTION_OUT"),
              IsEmpty());
  EXPECT_THAT(All("from: 'node/d' to: 'node/a' direction: DIRECTION_IN "
                  "predicates: 'part_of'"),
              ElementsAre("d -s2- b -s1- a", "d -s4- c -s3- a"));
  EXPECT_THAT(All("from: 'node/d' to: 'node/a' direction: DIRECTION_OUT "
                  "predicates: 'has_part' predicates: 'near'"),
              ElementsAre("d -s2- b -s1- a", "d -s4- c -s3- a", "d -s4- c -n1- a"));
  EXPECT_THAT(All("from: 'node/a' to: 'node/d' avoid_predicates: 'has_part'"), IsEmpty());
  EXPECT_THAT(All("from: 'node/a' to: 'node/d' avoid_predicates: 'leads_to' "
                  "avoid_predicates: 'near'"),
              ElementsAre("a -s1- b -s2- d", "a -s3- c -s4- d"));
}

TEST_F(FindPathsTest, AvoidedEntitiesAreNotPassedNorEnds) {
  EXPECT_THAT(Paths(graph_,
                    "from: 'node/a' to: 'node/d' avoid_entities: 'node/b' "
                    "avoid_entities: 'node/c'"),
              ElementsAre("a -s5- x -s6- y -s7- d"));
  EXPECT_THAT(Paths(graph_, "from: 'node/a' to: 'node/d' avoid_entities: 'node/a'"),
              IsEmpty());
  EXPECT_THAT(Paths(graph_,
                    "from: 'node/a' from: 'node/x' to: 'node/d' "
                    "avoid_entities: 'node/a'"),
              ElementsAre("x -s6- y -s7- d"));
}

TEST_F(FindPathsTest, KindsBindOnlyBetweenTheEnds) {
  graph_.Entities({"special/m"});
  graph_.Statement("id: 'm1' subject: 'node/a' predicate: 'part_of' object: 'special/m'");
  graph_.Statement("id: 'm2' subject: 'special/m' predicate: 'part_of' object: 'node/d'");
  graph_.Commit();
  EXPECT_THAT(All("from: 'node/a' to: 'node/d' kinds: 'special'"),
              ElementsAre("a -m1- m -m2- d"));
  EXPECT_THAT(All("from: 'node/a' to: 'node/b' kinds: 'special'"),
              ElementsAre("a -s1- b"));
  EXPECT_THAT(All("from: 'node/a' to: 'node/d' kinds: 'person'"), IsEmpty());
}

TEST_F(FindPathsTest, WhereBindsOnlyBetweenTheEnds) {
  EXPECT_THAT(All("from: 'node/a' to: 'node/d' where: 'key = c'"),
              ElementsAre("a -s3- c -s4- d", "a -n1- c -s4- d"));
  EXPECT_THAT(All("from: 'node/a' to: 'node/d' where: 'key = x OR key = y'"),
              ElementsAre("a -s5- x -s6- y -s7- d"));
  EXPECT_THAT(All("from: 'node/a' to: 'node/b' where: 'key = c'"),
              ElementsAre("a -s1- b"));
  EXPECT_THAT(All("from: 'node/a' to: 'node/d' kinds: 'special' where: 'key = c'"),
              IsEmpty());
}

TEST_F(FindPathsTest, FewestHopsOverAllPairs) {
  EXPECT_THAT(All("from: 'node/a' from: 'node/x' to: 'node/d' to: 'node/y'"),
              ElementsAre("x -s6- y"));
}

TEST_F(FindPathsTest, AnEndInBothListsIsAPathOfNoHops) {
  const char kEnds[] =
      "from: 'node/a' from: 'node/b' to: 'node/b' to: 'node/a' to: 'node/d' ";
  EXPECT_THAT(All(kEnds), ElementsAre("a", "b"));
  EXPECT_THAT(Paths(graph_, kEnds), ElementsAre("a"));
  const auto found = RunFindPaths(graph_, Request(kEnds));
  ASSERT_OK(found);
  EXPECT_EQ(found->summary.hops(), 0u);
  EXPECT_EQ(found->summary.visited_statements(), 0u);
}

TEST_F(FindPathsTest, MaxHopsBoundsTheLength) {
  const char kLong[] =
      "from: 'node/a' to: 'node/d' avoid_entities: 'node/b' avoid_entities: 'node/c' ";
  EXPECT_THAT(Paths(graph_, absl::StrCat(kLong, "max_hops: 3")), SizeIs(1));
  EXPECT_THAT(Paths(graph_, absl::StrCat(kLong, "max_hops: 2")), IsEmpty());
}

TEST_F(FindPathsTest, FindingNoneIsAnAnswer) {
  const auto found = RunFindPaths(graph_, Request("from: 'node/a' to: 'node/alone'"));
  ASSERT_OK(found);
  EXPECT_THAT(found->paths, IsEmpty());
  EXPECT_EQ(found->summary.paths(), 0u);
  EXPECT_EQ(found->summary.hops(), 0u);
  EXPECT_EQ(found->summary.cut(), v1::CUT_REASON_UNSPECIFIED);
}

TEST_F(FindPathsTest, TheSummaryCounts) {
  const auto found =
      RunFindPaths(graph_, Request("from: 'node/a' to: 'node/b' predicates: 'part_of' "
                                   "direction: DIRECTION_OUT"));
  ASSERT_OK(found);
  EXPECT_EQ(found->summary.paths(), 1u);
  EXPECT_EQ(found->summary.hops(), 1u);
  // It ends at the first statement that joins the ends.
  EXPECT_EQ(found->summary.visited_entities(), 2u);
  EXPECT_EQ(found->summary.visited_statements(), 1u);
  EXPECT_EQ(found->summary.revision(), graph_.Read()->revision());
}

TEST_F(FindPathsTest, CertaintyIsThatOfTheWeakestStatement) {
  TestGraph graph;
  graph.Entities({"node/a", "node/b", "node/c"});
  graph.Relate("s1", "a", "part_of", "b", "valid { start: '2020' end: '..' }");
  graph.Relate("s2", "b", "part_of", "c", "valid { start: '2020' }");
  graph.Commit();
  EXPECT_THAT(Paths(graph, "from: 'node/a' to: 'node/b' read { valid_at: '2022-01-01' }"),
              ElementsAre("a -s1- b"));
  EXPECT_THAT(Paths(graph, "from: 'node/a' to: 'node/c' read { valid_at: '2022-01-01' }"),
              ElementsAre("a -s1- b -s2- c?"));
  EXPECT_THAT(Paths(graph,
                    "from: 'node/a' to: 'node/c' read { valid_at: '2022-01-01' "
                    "certainty: CERTAINTY_CERTAIN }"),
              IsEmpty());
}

TEST_F(FindPathsTest, MaxPathsCutsOnlyWhatIsMore) {
  v1::FindPathsRequest request =
      Request("mode: PATH_MODE_ALL_SHORTEST from: 'node/a' to: 'node/d' max_paths: 4");
  auto found = RunFindPaths(graph_, request);
  ASSERT_OK(found);
  EXPECT_THAT(found->paths, SizeIs(4));
  EXPECT_EQ(found->summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  request.set_max_paths(3);
  found = RunFindPaths(graph_, request);
  ASSERT_OK(found);
  EXPECT_THAT(found->paths, SizeIs(3));
  EXPECT_EQ(found->summary.cut(), v1::CUT_REASON_MAX_HITS);
}

TEST_F(FindPathsTest, MaxVisitedCutsAtEveryPoint) {
  v1::FindPathsRequest request = Request("from: 'node/a' to: 'node/d'");
  const auto whole = RunFindPaths(graph_, request);
  ASSERT_OK(whole);
  request.set_max_visited(whole->summary.visited_statements());
  auto found = RunFindPaths(graph_, request);
  ASSERT_OK(found);
  EXPECT_EQ(found->summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_THAT(found->paths, SizeIs(1));
  while (request.max_visited() > 1) {
    request.set_max_visited(request.max_visited() - 1);
    found = RunFindPaths(graph_, request);
    ASSERT_OK(found);
    EXPECT_EQ(found->summary.cut(), v1::CUT_REASON_MAX_VISITED);
    EXPECT_EQ(found->summary.visited_statements(), request.max_visited());
    EXPECT_THAT(found->paths, IsEmpty());
  }
}

// The statements of one entity are visited together, and the path was in the first.
TEST_F(FindPathsTest, APathFoundWithinMaxVisitedIsGiven) {
  graph_.Entities({"node/src", "node/a0", "node/a1", "node/a2"});
  for (const std::string a : {"a0", "a1", "a2"}) {
    graph_.Relate("to-" + a, "src", "leads_to", a);
  }
  graph_.Relate("a1-a0", "a1", "leads_to", "a0");
  graph_.Relate("a2-a0", "a2", "leads_to", "a0");
  graph_.Commit();
  const auto found = RunFindPaths(
      graph_, Request("from: 'node/src' to: 'node/a0' predicates: 'leads_to' "
                      "direction: DIRECTION_OUT max_visited: 1"));
  ASSERT_OK(found);
  EXPECT_THAT(found->paths, SizeIs(1));
  EXPECT_EQ(found->summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_EQ(found->summary.visited_statements(), 1u);
}

TEST_F(FindPathsTest, DeadlineCutsAndCancellingFails) {
  const v1::FindPathsRequest request = Request("from: 'node/a' to: 'node/d'");
  const auto found = RunFindPaths(graph_, request, [] { return Signal::kDeadlineNear; });
  ASSERT_OK(found);
  EXPECT_EQ(found->summary.cut(), v1::CUT_REASON_DEADLINE);
  EXPECT_THAT(found->paths, IsEmpty());
  EXPECT_THAT(RunFindPaths(graph_, request, [] { return Signal::kCancelled; }),
              FailsWith(v1::ERROR_REASON_CANCELLED));
}

TEST_F(FindPathsTest, ErrorsNameTheField) {
  const struct {
    const char* request;
    v1::ErrorReason reason;
    const char* field;
  } kCases[] = {
      {"to: 'node/a'", v1::ERROR_REASON_FIELD_REQUIRED, "from"},
      {"from: 'node/a'", v1::ERROR_REASON_FIELD_REQUIRED, "to"},
      {"from: 'node/zz' to: 'node/a'", v1::ERROR_REASON_ENTITY_NOT_FOUND, "from[0]"},
      {"from: 'node/a' to: 'node/a' to: 'node/zz'", v1::ERROR_REASON_ENTITY_NOT_FOUND,
       "to[1]"},
      {"from: 'node/a' to: 'node/a' avoid_entities: 'node/zz'",
       v1::ERROR_REASON_ENTITY_NOT_FOUND, "avoid_entities[0]"},
      {"from: 'node/a' to: 'node/a' avoid_entities: 'zz'", v1::ERROR_REASON_ID_MALFORMED,
       "avoid_entities[0]"},
      {"from: 'node/a' to: 'node/a' predicates: 'nearr'",
       v1::ERROR_REASON_PREDICATE_UNKNOWN, "predicates[0]"},
      {"from: 'node/a' to: 'node/a' avoid_predicates: 'near' avoid_predicates: 'nearr'",
       v1::ERROR_REASON_PREDICATE_UNKNOWN, "avoid_predicates[1]"},
      {"from: 'node/a' to: 'node/a' avoid_predicates: 'size'",
       v1::ERROR_REASON_FIELD_INVALID, "avoid_predicates[0]"},
      {"from: 'node/a' to: 'node/a' kinds: 'nod'", v1::ERROR_REASON_KIND_UNKNOWN,
       "kinds[0]"},
      {"from: 'node/a' to: 'node/a' where: 'key ='", v1::ERROR_REASON_FILTER_MALFORMED,
       "where"},
      {"from: 'node/a' to: 'node/a' required_entities: 'node/b' "
       "required_entities: 'node/zz'",
       v1::ERROR_REASON_ENTITY_NOT_FOUND, "required_entities[1]"},
      {"from: 'node/a' to: 'node/a' required_predicates: 'nearr'",
       v1::ERROR_REASON_PREDICATE_UNKNOWN, "required_predicates[0]"},
      {"from: 'node/a' to: 'node/a' required_predicates: 'size'",
       v1::ERROR_REASON_FIELD_INVALID, "required_predicates[0]"},
      {"from: 'node/a' to: 'node/a' max_hops: 65", v1::ERROR_REASON_LIMIT_EXCEEDED,
       "max_hops"},
      {"from: 'node/a' to: 'node/a' max_paths: 10001", v1::ERROR_REASON_LIMIT_EXCEEDED,
       "max_paths"},
      {"from: 'node/a' to: 'node/a' max_visited: 1000000001",
       v1::ERROR_REASON_LIMIT_EXCEEDED, "max_visited"},
  };
  for (const auto& c : kCases) {
    EXPECT_THAT(CheckFindPaths(graph_, Request(c.request)), FailsAt(c.reason, c.field))
        << c.request;
  }
  v1::FindPathsRequest request = Request("from: 'node/a' to: 'node/a'");
  request.set_mode(static_cast<v1::PathMode>(9));
  EXPECT_THAT(CheckFindPaths(graph_, request),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "mode"));
  request.clear_mode();
  request.set_direction(static_cast<v1::Direction>(9));
  EXPECT_THAT(CheckFindPaths(graph_, request),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "direction"));
}

TEST_F(FindPathsTest, AcceptsEverythingAtItsLimit) {
  v1::FindPathsRequest request = Request(
      "from: 'node/a' to: 'node/d' max_hops: 64 max_paths: 10000 max_visited: "
      "1000000000");
  for (uint64_t i = 0; i < limits::kBatchIds.value; ++i)
    request.add_avoid_entities("node/b");
  EXPECT_THAT(CheckFindPaths(graph_, request), IsOk());
  request.add_avoid_entities("node/b");
  EXPECT_THAT(CheckFindPaths(graph_, request),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "avoid_entities"));
  request.clear_avoid_entities();
  for (uint64_t i = 0; i < limits::kRequired.value; ++i) {
    request.add_required_entities("node/b");
    request.add_required_predicates("near");
  }
  EXPECT_THAT(CheckFindPaths(graph_, request), IsOk());
  request.add_required_entities("node/b");
  EXPECT_THAT(CheckFindPaths(graph_, request),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "required_entities"));
  request.mutable_required_entities()->RemoveLast();
  request.add_required_predicates("near");
  EXPECT_THAT(CheckFindPaths(graph_, request),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "required_predicates"));
}

}  // namespace
}  // namespace labgraph::query
