#include "server/query/traverse.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/walks.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;

v1::TraverseRequest Request(absl::string_view text) {
  return schema::ParseText<v1::TraverseRequest>(text);
}

// Hits as "b@1 a-s1", that is: key, depth, and where from by which statement; with the
// step when it is not the first, and "?" when the way only possibly held.
std::vector<std::string> Hits(const TestGraph& graph,
                              const v1::TraverseRequest& request) {
  const auto answer = RunTraverse(graph, request);
  EXPECT_THAT(answer, IsOk());
  std::vector<std::string> hits;
  if (!answer.ok()) return hits;
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  const auto key = [&](keys::EntityNumber number) {
    const std::string id = Id(*view, number);
    return id.substr(id.find('/') + 1);
  };
  for (const auto& [hit, path] : answer->hits) {
    hits.push_back(absl::StrCat(key(hit.entity), "@", hit.depth,
                                hit.step > 0 ? absl::StrCat("/", hit.step) : "",
                                hit.certainty == v1::CERTAINTY_POSSIBLE ? "?" : ""));
    if (hit.statement == 0) continue;
    absl::StrAppend(&hits.back(), " ", key(hit.from), "-",
                    StatementId(*view, hit.statement));
    if (!request.include_paths()) continue;
    absl::StrAppend(&hits.back(), " ",
                    absl::StrJoin(path, ">", [&](std::string* out, auto statement) {
                      absl::StrAppend(out, StatementId(*view, statement));
                    }));
  }
  return hits;
}

std::vector<std::string> Hits(const TestGraph& graph, absl::string_view request) {
  return Hits(graph, Request(request));
}

//   a -s1-> b -s2-> c -s3-> d   by part_of;  a ~n1~ d by near;  a -l1-> c by leads_to
class TraverseTest : public ::testing::Test {
 protected:
  TraverseTest() {
    graph_.Entities({"node/a", "node/b", "node/c", "node/d", "person/p"});
    graph_.Relate("s1", "a", "part_of", "b");
    graph_.Relate("s2", "b", "part_of", "c");
    graph_.Relate("s3", "c", "part_of", "d");
    graph_.Relate("n1", "d", "near", "a");
    graph_.Relate("l1", "a", "leads_to", "c");
    graph_.Commit();
  }

  TestGraph graph_;
};

TEST_F(TraverseTest, WithoutStepsGoesOneHopOut) {
  EXPECT_THAT(Hits(graph_, "start: 'node/a'"),
              ElementsAre("b@1 a-s1", "c@1 a-l1", "d@1 a-n1"));
}

TEST_F(TraverseTest, DirectionsAndInverseNames) {
  EXPECT_THAT(Hits(graph_, "start: 'node/c' steps { predicates: 'part_of' }"),
              ElementsAre("d@1 c-s3"));
  EXPECT_THAT(
      Hits(graph_,
           "start: 'node/c' steps { predicates: 'part_of' direction: DIRECTION_IN }"),
      ElementsAre("b@1 c-s2"));
  EXPECT_THAT(Hits(graph_, "start: 'node/c' steps { predicates: 'has_part' }"),
              ElementsAre("b@1 c-s2"));
  EXPECT_THAT(
      Hits(graph_,
           "start: 'node/c' steps { predicates: 'has_part' direction: DIRECTION_IN }"),
      ElementsAre("d@1 c-s3"));
  EXPECT_THAT(
      Hits(graph_,
           "start: 'node/c' steps { predicates: 'has_part' direction: DIRECTION_BOTH }"),
      ElementsAre("b@1 c-s2", "d@1 c-s3"));
  EXPECT_THAT(Hits(graph_, "start: 'node/c' steps { direction: DIRECTION_IN }"),
              ElementsAre("a@1 c-l1", "b@1 c-s2"));
  EXPECT_THAT(Hits(graph_, "start: 'node/a' steps { predicates: 'goes_to' }"),
              ElementsAre("c@1 a-l1"));
}

TEST_F(TraverseTest, SymmetricRelationsGoBothWaysWhateverTheDirection) {
  for (const char* direction : {"OUT", "IN", "BOTH"}) {
    for (const auto& [start, other] : {std::pair("a", "d"), std::pair("d", "a")}) {
      EXPECT_THAT(Hits(graph_, absl::StrCat("start: 'node/", start,
                                            "' steps { predicates: 'near' direction: "
                                            "DIRECTION_",
                                            direction, " }")),
                  ElementsAre(absl::StrCat(other, "@1 ", start, "-n1")));
    }
  }
  EXPECT_THAT(Hits(graph_, "start: 'node/d' steps { direction: DIRECTION_OUT }"),
              ElementsAre("a@1 d-n1"));
}

TEST_F(TraverseTest, HopsAreBoundedOnBothSides) {
  const auto hits = [&](absl::string_view hops) {
    return Hits(graph_, absl::StrCat("start: 'node/a' steps { predicates: 'part_of' ",
                                     hops, " }"));
  };
  EXPECT_THAT(hits("max_hops: 2"), ElementsAre("b@1 a-s1", "c@2 b-s2"));
  EXPECT_THAT(hits("min_hops: 2 max_hops: 3"), ElementsAre("c@2 b-s2", "d@3 c-s3"));
  EXPECT_THAT(hits("min_hops: 2"), ElementsAre("c@2 b-s2"));
  EXPECT_THAT(hits("min_hops: 0"), ElementsAre("a@0", "b@1 a-s1"));
  EXPECT_THAT(hits("min_hops: 0 max_hops: 0"), ElementsAre("a@0"));
  EXPECT_THAT(hits("max_hops: 64"), ElementsAre("b@1 a-s1", "c@2 b-s2", "d@3 c-s3"));
}

TEST_F(TraverseTest, AStartIsNoHitOfItsOwn) {
  EXPECT_THAT(
      Hits(graph_, "start: 'node/a' steps { direction: DIRECTION_BOTH max_hops: 9 }"),
      ElementsAre("b@1 a-s1", "c@1 a-l1", "d@1 a-n1"));
}

TEST_F(TraverseTest, AStartIsAHitComingFromAnotherStart) {
  EXPECT_THAT(
      Hits(graph_, "start: 'node/a' start: 'node/b' steps { predicates: 'part_of' }"),
      ElementsAre("b@1 a-s1", "c@1 b-s2"));
  EXPECT_THAT(Hits(graph_,
                   "start: 'node/a' start: 'node/c' "
                   "steps { predicates: 'part_of' max_hops: 3 }"),
              ElementsAre("b@1 a-s1", "d@1 c-s3", "c@2 b-s2"));
  EXPECT_THAT(Hits(graph_,
                   "start: 'node/a' start: 'node/b' "
                   "steps { predicates: 'part_of' min_hops: 0 max_hops: 2 }"),
              ElementsAre("a@0", "b@0", "c@1 b-s2", "d@2 c-s3"));
}

// c is a hit by the way from a; only the other way to it, from b, leads back to a.
TEST_F(TraverseTest, AStartIsAHitThoughTheBestWayToTheEntityBeforeIsItsOwn) {
  graph_.Relate("k1", "b", "leads_to", "c");
  graph_.Relate("k2", "c", "leads_to", "a");
  graph_.Commit();
  EXPECT_THAT(Hits(graph_,
                   "start: 'node/a' start: 'node/b' "
                   "steps { predicates: 'leads_to' max_hops: 2 }"),
              ElementsAre("c@1 a-l1", "a@2 c-k2"));
}

TEST_F(TraverseTest, StepsStartFromTheHitsOfTheStepBefore) {
  const char kSteps[] =
      "start: 'node/a' steps { predicates: 'part_of' max_hops: 2 } "
      "steps { predicates: 'part_of' } ";
  EXPECT_THAT(Hits(graph_, kSteps), ElementsAre("c@2/1 b-s2", "d@3/1 c-s3"));
  EXPECT_THAT(Hits(graph_, absl::StrCat(kSteps, "include_intermediate: true")),
              ElementsAre("b@1 a-s1", "c@2 b-s2", "c@2/1 b-s2", "d@3/1 c-s3"));
  EXPECT_THAT(Hits(graph_, absl::StrCat(kSteps, "include_paths: true")),
              ElementsAre("c@2/1 b-s2 s1>s2", "d@3/1 c-s3 s1>s2>s3"));
}

TEST_F(TraverseTest, HitsOfALaterStepComeByDepthToo) {
  // c starts the second step at depth 1 and b, by min_hops 0, a at depth 0.
  EXPECT_THAT(Hits(graph_,
                   "start: 'node/a' steps { predicates: 'part_of' min_hops: 0 "
                   "max_hops: 2 } steps { predicates: 'part_of' min_hops: 0 "
                   "max_hops: 1 }"),
              ElementsAre("a@0/1", "b@1/1 a-s1", "c@2/1 b-s2", "d@3/1 c-s3"));
}

TEST_F(TraverseTest, KindsAndWhereApplyToHitsOnly) {
  graph_.Entity("id: 'special/e' placeholder: true");
  graph_.Statement("id: 's4' subject: 'node/d' predicate: 'part_of' object: 'special/e'");
  graph_.Statement(
      "id: 's5' subject: 'special/e' predicate: 'part_of' object: 'person/p'");
  graph_.Commit();
  const auto hits = [&](absl::string_view step) {
    return Hits(graph_, absl::StrCat("start: 'node/b' steps { predicates: 'part_of' "
                                     "max_hops: 9 ",
                                     step, " }"));
  };
  EXPECT_THAT(hits("kinds: 'person'"), ElementsAre("p@4 e-s5"));
  EXPECT_THAT(hits("kinds: 'special' kinds: 'person'"),
              ElementsAre("e@3 d-s4", "p@4 e-s5"));
  EXPECT_THAT(hits("kinds: 'thing' where: 'placeholder = true'"),
              ElementsAre("e@3 d-s4"));
  EXPECT_THAT(hits("kinds: 'person' where: 'placeholder = true'"), IsEmpty());
  EXPECT_THAT(hits("where: 'part_of = person/p'"), ElementsAre("e@3 d-s4"));
  EXPECT_THAT(Hits(graph_, "start: 'node/d' steps { min_hops: 0 kinds: 'special' }"),
              ElementsAre("e@1 d-s4"));
}

TEST_F(TraverseTest, ASelfLoopIsLookedAtOnceAndLeadsNowhere) {
  graph_.Entities({"node/x"});
  graph_.Relate("x1", "x", "leads_to", "x");
  graph_.Relate("x2", "x", "near", "x");
  graph_.Commit();
  const auto answer =
      RunTraverse(graph_, Request("start: 'node/x' steps { direction: DIRECTION_BOTH }"));
  ASSERT_OK(answer);
  EXPECT_THAT(answer->hits, IsEmpty());
  EXPECT_EQ(answer->summary.visited_statements(), 2u);
  EXPECT_EQ(answer->summary.visited_entities(), 1u);
}

TEST_F(TraverseTest, TheSummaryCounts) {
  const auto answer = RunTraverse(
      graph_, Request("start: 'node/a' steps { predicates: 'part_of' max_hops: 2 } "
                      "steps { min_hops: 0 max_hops: 1 predicates: 'part_of' } "
                      "include_intermediate: true"));
  ASSERT_OK(answer);
  const v1::TraverseSummary& summary = answer->summary;
  EXPECT_EQ(summary.hits(), 5u);                // b c; b c d
  EXPECT_EQ(summary.visited_entities(), 6u);    // a b c; b c d
  EXPECT_EQ(summary.visited_statements(), 4u);  // s1 s2; s2 s3
  EXPECT_THAT(summary.hits_by_depth(), ElementsAre(0, 2, 2, 1));
  EXPECT_EQ(summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_EQ(summary.revision(), graph_.Read()->revision());
}

TEST_F(TraverseTest, CountOnlyGivesTheSameSummaryAndNoHits) {
  const std::string request =
      "start: 'node/a' steps { max_hops: 3 } include_paths: true ";
  const auto whole = RunTraverse(graph_, Request(request));
  const auto counted = RunTraverse(graph_, Request(request + "count_only: true"));
  ASSERT_OK(whole);
  ASSERT_OK(counted);
  EXPECT_THAT(counted->hits, IsEmpty());
  EXPECT_EQ(counted->summary.DebugString(), whole->summary.DebugString());
}

TEST_F(TraverseTest, ReadsTheRevisionAskedFor) {
  const uint64_t before = graph_.Read()->revision();
  graph_.Retract("s1");
  graph_.Entities({"node/new"});
  graph_.Relate("s9", "a", "part_of", "new");
  graph_.Commit();
  EXPECT_THAT(Hits(graph_, "start: 'node/a' steps { predicates: 'part_of' }"),
              ElementsAre("new@1 a-s9"));
  EXPECT_THAT(Hits(graph_, absl::StrCat("start: 'node/a' steps { predicates: 'part_of' } "
                                        "read { revision: ",
                                        before, " }")),
              ElementsAre("b@1 a-s1"));
}

class TraverseCertaintyTest : public ::testing::Test {
 protected:
  TraverseCertaintyTest() {
    graph_.Entities({"node/a", "node/b", "node/c", "node/d"});
    graph_.Relate("ab", "a", "part_of", "b", kPossibly);
    graph_.Relate("ac", "a", "part_of", "c", kCertainly);
    graph_.Relate("bd", "b", "part_of", "d", kCertainly);
    graph_.Relate("cd", "c", "part_of", "d", kCertainly);
    graph_.Commit();
  }

  static constexpr char kCertainly[] = "valid { start: '2020' end: '..' }";
  static constexpr char kPossibly[] = "valid { start: '2020' }";
  static constexpr char kSteps[] =
      "start: 'node/a' steps { predicates: 'part_of' max_hops: 2 } include_paths: true "
      "read { valid_at: '2022-01-01' ";

  TestGraph graph_;
};

TEST_F(TraverseCertaintyTest, PrefersTheCertainWayOfTheSameDepth) {
  EXPECT_THAT(Hits(graph_, absl::StrCat(kSteps, "}")),
              ElementsAre("b@1? a-ab ab", "c@1 a-ac ac", "d@2 c-cd ac>cd"));
}

TEST_F(TraverseCertaintyTest, PrefersTheCertainStatementBetweenTheSameEntities) {
  graph_.Relate("ab2", "a", "part_of", "b", kCertainly);
  graph_.Commit();
  EXPECT_THAT(Hits(graph_, absl::StrCat(kSteps, "}")),
              ElementsAre("b@1 a-ab2 ab2", "c@1 a-ac ac", "d@2 b-bd ab2>bd"));
}

TEST_F(TraverseCertaintyTest, CertainOnlyLeavesOutTheRest) {
  EXPECT_THAT(Hits(graph_, absl::StrCat(kSteps, "certainty: CERTAINTY_CERTAIN }")),
              ElementsAre("c@1 a-ac ac", "d@2 c-cd ac>cd"));
  EXPECT_THAT(Hits(graph_, "start: 'node/a' read { valid_at: '2019-12-31' }"), IsEmpty());
}

TEST_F(TraverseCertaintyTest, WithoutADayThereIsNoCertainty) {
  const auto answer = RunTraverse(graph_, Request("start: 'node/a'"));
  ASSERT_OK(answer);
  for (const OwnedHit& owned : answer->hits) {
    EXPECT_EQ(owned.hit.certainty, v1::CERTAINTY_UNSPECIFIED);
  }
}

TEST(TraverseRankTest, WalksLeaveOutWhatIsDeprecatedDeniedOrAsked) {
  TestGraph graph;
  graph.Entities({"node/a", "node/b", "node/c", "node/d", "node/e"});
  graph.Relate("r1", "a", "part_of", "b", "rank: RANK_DEPRECATED");
  graph.Relate("r2", "a", "part_of", "c", "assertion: ASSERTION_NEGATED");
  graph.Relate("r3", "a", "part_of", "d", "assertion: ASSERTION_QUESTION");
  graph.Relate("r4", "a", "part_of", "e", "assertion: ASSERTION_PRESUMED");
  graph.Commit();
  EXPECT_THAT(Hits(graph, "start: 'node/a'"), ElementsAre("e@1 a-r4"));
  EXPECT_THAT(Hits(graph, "start: 'node/a' read { ranks: RANK_DEPRECATED }"),
              ElementsAre("b@1 a-r1"));
}

}  // namespace
}  // namespace labgraph::query
