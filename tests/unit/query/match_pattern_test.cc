#include "server/query/match_pattern.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/matches.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

v1::MatchPatternRequest Request(const std::string& text) {
  return schema::ParseText<v1::MatchPatternRequest>(text);
}

MatchAnswer Ask(const TestGraph& graph, const std::string& request) {
  const auto answer = RunMatch(graph, Request(request));
  EXPECT_OK(answer);
  return answer.ok() ? *answer : MatchAnswer();
}

// Rows as "a b c": keys by variable; with statements as "a b by s1 -".
std::vector<std::string> Rows(const TestGraph& graph, const std::string& text) {
  const v1::MatchPatternRequest request = Request(text);
  const MatchAnswer answer = Ask(graph, text);
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  std::vector<std::string> rows;
  for (const OwnedRow& row : answer.rows) {
    rows.push_back(absl::StrJoin(row.entities, " ", [&](std::string* out, auto number) {
      const std::string id = Id(*view, number);
      absl::StrAppend(out, id.substr(id.find('/') + 1));
    }));
    if (!request.include_statements()) continue;
    absl::StrAppend(&rows.back(), " by ",
                    absl::StrJoin(row.statements, " ", [&](std::string* out, auto s) {
                      absl::StrAppend(out, s == 0 ? "-" : StatementId(*view, s));
                    }));
  }
  return rows;
}

std::string Variables(const std::vector<std::string>& names) {
  return absl::StrJoin(names, " ", [](std::string* out, const std::string& name) {
    absl::StrAppend(out, "variables { name: '", name, "' }");
  });
}

std::string Edge(absl::string_view from, absl::string_view to,
                 absl::string_view predicate, absl::string_view more = "") {
  return absl::StrCat(" edges { from: '", from, "' to: '", to, "' predicates: '",
                      predicate, "' ", more, " } ");
}

//   a -s1-> b -s2-> c -s3-> d   by part_of;  a ~n1~ d by near;  a -l1-> c by leads_to
class MatchPatternTest : public ::testing::Test {
 protected:
  MatchPatternTest() {
    graph_.Entities({"node/a", "node/b", "node/c", "node/d", "special/e", "person/p"});
    graph_.Relate("s1", "a", "part_of", "b");
    graph_.Relate("s2", "b", "part_of", "c");
    graph_.Relate("s3", "c", "part_of", "d");
    graph_.Relate("n1", "d", "near", "a");
    graph_.Relate("l1", "a", "leads_to", "c");
    graph_.Commit();
  }

  TestGraph graph_;
};

TEST_F(MatchPatternTest, AnEdgeIsFollowedAsInWalks) {
  const std::string two = Variables({"x", "y"});
  EXPECT_THAT(Rows(graph_, two + Edge("x", "y", "part_of")),
              UnorderedElementsAre("a b", "b c", "c d"));
  EXPECT_THAT(Rows(graph_, two + Edge("x", "y", "has_part")),
              UnorderedElementsAre("b a", "c b", "d c"));
  EXPECT_THAT(Rows(graph_, two + Edge("x", "y", "leads_to", "direction: DIRECTION_IN")),
              UnorderedElementsAre("c a"));
  EXPECT_THAT(Rows(graph_, two + Edge("x", "y", "leads_to", "direction: DIRECTION_BOTH")),
              UnorderedElementsAre("a c", "c a"));
  EXPECT_THAT(Rows(graph_, two + Edge("x", "y", "near")),
              UnorderedElementsAre("a d", "d a"));
}

TEST_F(MatchPatternTest, ChainsStarsAndCycles) {
  const std::string three = Variables({"x", "y", "z"});
  EXPECT_THAT(Rows(graph_, three + Edge("x", "y", "part_of") + Edge("y", "z", "part_of")),
              UnorderedElementsAre("a b c", "b c d"));
  EXPECT_THAT(
      Rows(graph_, three + Edge("x", "y", "part_of") + Edge("x", "z", "leads_to")),
      UnorderedElementsAre("a b c"));
  EXPECT_THAT(Rows(graph_, three + Edge("x", "y", "part_of") + Edge("y", "z", "part_of") +
                               Edge("x", "z", "leads_to")),
              UnorderedElementsAre("a b c"));
  EXPECT_THAT(Rows(graph_, Variables({"x", "y", "z", "u"}) + Edge("x", "y", "part_of") +
                               Edge("y", "z", "part_of") + Edge("z", "u", "part_of") +
                               Edge("u", "x", "near")),
              UnorderedElementsAre("a b c d"));
}

TEST_F(MatchPatternTest, PiecesWithoutConnectionAreCombined) {
  EXPECT_THAT(Rows(graph_, Variables({"x", "y", "z", "u"}) + Edge("x", "y", "leads_to") +
                               Edge("z", "u", "near")),
              UnorderedElementsAre("a c a d", "a c d a"));
  EXPECT_THAT(Rows(graph_,
                   "variables { name: 'x' kinds: 'person' } "
                   "variables { name: 'y' kinds: 'special' }"),
              ElementsAre("p e"));
}

TEST_F(MatchPatternTest, AVariableWithoutEdgesStandsForItself) {
  EXPECT_THAT(Rows(graph_, Variables({"x"})),
              UnorderedElementsAre("a", "b", "c", "d", "e", "p"));
  EXPECT_THAT(Rows(graph_, "variables { name: 'x' ids: 'person/p' ids: 'node/b' }"),
              ElementsAre("b", "p"));
  EXPECT_THAT(
      Rows(graph_, "variables { name: 'x' ids: 'person/p' ids: 'node/b' kinds: 'node' }"),
      ElementsAre("b"));
  EXPECT_THAT(Rows(graph_, "variables { name: 'x' where: 'kind = person' }"),
              ElementsAre("p"));
}

TEST_F(MatchPatternTest, ParallelStatementsDoNotMultiplyRows) {
  graph_.Relate("s9", "a", "part_of", "b", "valid { start: '2020' }");
  graph_.Relate("l9", "a", "leads_to", "b");
  graph_.Commit();
  EXPECT_THAT(Rows(graph_,
                   "variables { name: 'x' ids: 'node/a' } variables { name: 'y' }"
                   "edges { from: 'x' to: 'y' } include_statements: true"),
              UnorderedElementsAre("a b by s1", "a c by l1", "a d by n1"));
  EXPECT_EQ(
      Ask(graph_, Variables({"x", "y"}) + Edge("x", "y", "part_of") + "count_only: true")
          .summary.rows(),
      3u);
}

TEST_F(MatchPatternTest, StatementsAreThoseWithTheLowestNumberThatCount) {
  graph_.Relate("s0", "a", "near", "b", "rank: RANK_DEPRECATED");
  graph_.Relate("s8", "b", "near", "a");
  graph_.Relate("s9", "a", "near", "b");
  graph_.Commit();
  EXPECT_THAT(Rows(graph_,
                   "variables { name: 'x' ids: 'node/a' } "
                   "variables { name: 'y' ids: 'node/b' } variables { name: 'z' } " +
                       Edge("x", "y", "near") +
                       Edge("y", "z", "part_of", "max_hops: 2 min_hops: 2") +
                       Edge("z", "x", "near") + " include_statements: true"),
              ElementsAre("a b d by s8 - n1"));
}

TEST_F(MatchPatternTest, LoopsAreEdgesOfOneHop) {
  graph_.Relate("loop", "b", "leads_to", "b");
  graph_.Commit();
  const std::string two = Variables({"x", "y"});
  EXPECT_THAT(Rows(graph_, two + Edge("x", "y", "leads_to")),
              UnorderedElementsAre("a c", "b b"));
  EXPECT_THAT(Rows(graph_, two + Edge("x", "y", "leads_to") + "all_different: true"),
              UnorderedElementsAre("a c"));
  EXPECT_THAT(Rows(graph_, two + Edge("x", "y", "leads_to", "max_hops: 3")),
              UnorderedElementsAre("a c"));
}

TEST_F(MatchPatternTest, HopsCountAlongTheShortestWay) {
  const std::string from_a =
      "variables { name: 'x' ids: 'node/a' } variables { name: 'y' } ";
  const auto rows = [&](absl::string_view hops) {
    return Rows(graph_, absl::StrCat(from_a, "edges { from: 'x' to: 'y' ",
                                     "predicates: ['part_of', 'leads_to'] ", hops, " }"));
  };
  EXPECT_THAT(rows("max_hops: 3"), UnorderedElementsAre("a b", "a c", "a d"));
  EXPECT_THAT(rows("min_hops: 2"), UnorderedElementsAre("a d"));
  EXPECT_THAT(rows("min_hops: 3 max_hops: 9"), IsEmpty());
  EXPECT_THAT(rows("min_hops: 0"), UnorderedElementsAre("a a", "a b", "a c"));
  EXPECT_THAT(rows("min_hops: 0 max_hops: 0"), UnorderedElementsAre("a a"));
  // Found from the other end: the same.
  EXPECT_THAT(
      Rows(graph_, "variables { name: 'x' } variables { name: 'y' ids: 'node/d' }" +
                       Edge("x", "y", "part_of", "min_hops: 2 max_hops: 3")),
      UnorderedElementsAre("a d", "b d"));
}

TEST_F(MatchPatternTest, NoHopsMatchWhatHasNoEdges) {
  EXPECT_THAT(Rows(graph_, Variables({"x", "y"}) +
                               Edge("x", "y", "near", "min_hops: 0 max_hops: 0")),
              UnorderedElementsAre("a a", "b b", "c c", "d d", "e e", "p p"));
}

TEST_F(MatchPatternTest, OnlyStatementsThatCountHold) {
  graph_.Relate("old", "a", "part_of", "c", "valid { start: '2010' end: '2011' }");
  graph_.Relate("no", "a", "part_of", "d", "assertion: ASSERTION_NEGATED");
  graph_.Commit();
  const std::string pattern =
      "variables { name: 'x' ids: 'node/a' } variables { name: 'y' } " +
      Edge("x", "y", "part_of");
  EXPECT_THAT(Rows(graph_, pattern), UnorderedElementsAre("a b", "a c"));
  EXPECT_THAT(Rows(graph_, pattern + "read { valid_at: '2020-01-01' }"),
              UnorderedElementsAre("a b"));
  EXPECT_THAT(Rows(graph_, pattern + "read { assertions: ASSERTION_NEGATED }"),
              UnorderedElementsAre("a d"));
}

TEST_F(MatchPatternTest, ConditionsAndKindsAreAsked) {
  graph_.Statement("subject: 'node/b' predicate: 'size' value { number_value: 7 }");
  graph_.Statement("subject: 'node/c' predicate: 'size' value { number_value: 2 }");
  graph_.Statement("subject: 'node/a' predicate: 'leads_to' object: 'special/e'");
  graph_.Commit();
  EXPECT_THAT(Rows(graph_,
                   "variables { name: 'x' } variables { name: 'y' where: "
                   "'size > 5' } edges { from: 'x' to: 'y' }"),
              ElementsAre("a b"));
  EXPECT_THAT(Rows(graph_,
                   "variables { name: 'x' } variables { name: 'y' kinds: "
                   "'special' } edges { from: 'x' to: 'y' }"),
              ElementsAre("a e"));
}

TEST_F(MatchPatternTest, ReadsAtARevisionKnowNothingOfLaterOnes) {
  const uint64_t before = graph_.Read()->revision();
  graph_.Retract("s1");
  graph_.Entities({"node/late"});
  graph_.Commit();
  const std::string pattern = Variables({"x", "y"}) + Edge("x", "y", "part_of");
  const std::string then = absl::StrCat(" read { revision: ", before, " }");
  EXPECT_THAT(Rows(graph_, pattern), UnorderedElementsAre("b c", "c d"));
  EXPECT_THAT(Rows(graph_, pattern + then), UnorderedElementsAre("a b", "b c", "c d"));
  EXPECT_EQ(Ask(graph_, Variables({"x"}) + then).rows.size(), 6u);
  EXPECT_EQ(Ask(graph_, Variables({"x"})).rows.size(), 7u);
}

TEST_F(MatchPatternTest, StartsWithTheFewestCandidates) {
  const auto order = [&](const std::string& request) {
    const MatchAnswer answer = Ask(graph_, request);
    return std::vector<std::string>(answer.summary.order().begin(),
                                    answer.summary.order().end());
  };
  const std::string chain = Edge("x", "y", "part_of") + Edge("y", "z", "part_of");
  EXPECT_THAT(order("variables { name: 'x' } variables { name: 'y' } "
                    "variables { name: 'z' ids: 'node/d' }" +
                    chain),
              ElementsAre("z", "y", "x"));
  EXPECT_THAT(order("variables { name: 'x' kinds: 'node' } variables { name: 'y' "
                    "kinds: 'special' } variables { name: 'z' }" +
                    chain)
                  .front(),
              "y");
  // One statement of leads_to is as few as any other source has; y has the most edges.
  EXPECT_THAT(order(Variables({"x", "y", "z"}) + Edge("x", "y", "part_of") +
                    Edge("z", "y", "leads_to"))
                  .front(),
              "y");
  // The middle of a star leaves its ends to be counted.
  EXPECT_THAT(order(Variables({"end", "other", "mid"}) + Edge("mid", "end", "part_of") +
                    Edge("mid", "other", "part_of") + "count_only: true")
                  .front(),
              "mid");
}

TEST_F(MatchPatternTest, StopsAtWhatIsAskedFor) {
  const std::string pattern = Variables({"x", "y"}) + Edge("x", "y", "part_of");
  const MatchAnswer two = Ask(graph_, pattern + "max_rows: 2");
  EXPECT_EQ(two.rows.size(), 2u);
  EXPECT_EQ(two.summary.cut(), v1::CUT_REASON_MAX_HITS);
  const MatchAnswer count = Ask(graph_, pattern + "max_rows: 2 count_only: true");
  EXPECT_EQ(count.summary.rows(), 2u);
  EXPECT_EQ(count.summary.cut(), v1::CUT_REASON_MAX_HITS);
  const MatchAnswer all = Ask(graph_, pattern + "max_rows: 3");
  EXPECT_EQ(all.summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  const MatchAnswer visited = Ask(graph_, pattern + "max_visited: 2");
  EXPECT_EQ(visited.summary.cut(), v1::CUT_REASON_MAX_VISITED);
  EXPECT_EQ(visited.summary.visited_statements(), 2u);
  EXPECT_LT(visited.rows.size(), 3u);
}

TEST_F(MatchPatternTest, CountsMoreThanANumberHolds) {
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(absl::StrCat("person/q", i));
  graph_.Entities(ids);
  graph_.Commit();
  std::vector<std::string> names;
  for (int i = 0; i < 16; ++i) names.push_back(absl::StrCat("v", i));
  const MatchAnswer answer = Ask(graph_, Variables(names) + " count_only: true");
  EXPECT_EQ(answer.summary.rows(), UINT64_MAX);
  EXPECT_EQ(answer.summary.cut(), v1::CUT_REASON_MAX_HITS);
}

TEST_F(MatchPatternTest, StopsWhenTheWorldSaysSo) {
  const v1::MatchPatternRequest request =
      Request(Variables({"x", "y"}) + Edge("x", "y", "part_of"));
  EXPECT_THAT(RunMatch(graph_, request, [] { return Signal::kCancelled; }),
              FailsWith(v1::ERROR_REASON_CANCELLED));
  const auto late = RunMatch(graph_, request, [] { return Signal::kDeadlineNear; });
  ASSERT_OK(late);
  EXPECT_EQ(late->summary.cut(), v1::CUT_REASON_DEADLINE);
  EXPECT_THAT(late->rows, IsEmpty());
}

}  // namespace
}  // namespace labgraph::query
