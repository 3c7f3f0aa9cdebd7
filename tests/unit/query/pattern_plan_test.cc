#include "server/query/pattern_plan.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/query/match_pattern.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/matches.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using testing::FailsAt;
using ::testing::HasSubstr;
using testing::IsOk;

constexpr char kTwo[] = "variables { name: 'a' } variables { name: 'lab' } ";

class PatternPlanTest : public ::testing::Test {
 protected:
  PatternPlanTest() {
    graph_.Entities({"node/a", "node/b"});
    graph_.Commit();
  }

  absl::Status Check(const std::string& text) {
    return CheckMatch(graph_, schema::ParseText<v1::MatchPatternRequest>(text));
  }
  absl::StatusOr<MatchPlan> Plan(const std::string& text) {
    return PlanMatch(schema::ParseText<v1::MatchPatternRequest>(text), *graph_.Read());
  }

  TestGraph graph_;
};

TEST_F(PatternPlanTest, ErrorsNameTheField) {
  const struct {
    std::string request;
    v1::ErrorReason reason;
    const char* field;
  } kCases[] = {
      {"", v1::ERROR_REASON_FIELD_REQUIRED, "variables"},
      {"edges { from: 'a' to: 'b' }", v1::ERROR_REASON_FIELD_REQUIRED, "variables"},
      {"variables {}", v1::ERROR_REASON_FIELD_REQUIRED, "variables[0].name"},
      {"variables { name: 'A' }", v1::ERROR_REASON_FIELD_INVALID, "variables[0].name"},
      {absl::StrCat("variables { name: '", std::string(65, 'a'), "' }"),
       v1::ERROR_REASON_LIMIT_EXCEEDED, "variables[0].name"},
      {"variables { name: 'a' } variables { name: 'a' }", v1::ERROR_REASON_FIELD_INVALID,
       "variables[1].name"},
      {"variables { name: 'a' kinds: 'node' kinds: 'nod' }",
       v1::ERROR_REASON_KIND_UNKNOWN, "variables[0].kinds[1]"},
      {"variables { name: 'a' ids: 'node/a' ids: 'node/z' }",
       v1::ERROR_REASON_ENTITY_NOT_FOUND, "variables[0].ids[1]"},
      {"variables { name: 'a' ids: 'a' }", v1::ERROR_REASON_ID_MALFORMED,
       "variables[0].ids[0]"},
      {"variables { name: 'a' where: 'size >' }", v1::ERROR_REASON_FILTER_MALFORMED,
       "variables[0].where"},
      {absl::StrCat(kTwo, "edges { to: 'a' }"), v1::ERROR_REASON_FIELD_REQUIRED,
       "edges[0].from"},
      {absl::StrCat(kTwo, "edges { from: 'a' }"), v1::ERROR_REASON_FIELD_REQUIRED,
       "edges[0].to"},
      {absl::StrCat(kTwo, "edges { from: 'a' to: 'lab' } edges { from: 'b' to: 'a' }"),
       v1::ERROR_REASON_FIELD_INVALID, "edges[1].from"},
      {absl::StrCat(kTwo, "edges { from: 'a' to: 'a' }"), v1::ERROR_REASON_FIELD_INVALID,
       "edges[0].to"},
      {absl::StrCat(kTwo, "edges { from: 'a' to: 'lab' predicates: 'is_part' }"),
       v1::ERROR_REASON_PREDICATE_UNKNOWN, "edges[0].predicates[0]"},
      {absl::StrCat(kTwo, "edges { from: 'a' to: 'lab' predicates: 'size' }"),
       v1::ERROR_REASON_FIELD_INVALID, "edges[0].predicates[0]"},
      {absl::StrCat(kTwo, "edges { from: 'a' to: 'lab' min_hops: 3 max_hops: 2 }"),
       v1::ERROR_REASON_FIELD_INVALID, "edges[0].max_hops"},
      {absl::StrCat(kTwo, "edges { from: 'a' to: 'lab' max_hops: 0 }"),
       v1::ERROR_REASON_FIELD_INVALID, "edges[0].max_hops"},
      {absl::StrCat(kTwo, "edges { from: 'a' to: 'lab' max_hops: 65 }"),
       v1::ERROR_REASON_LIMIT_EXCEEDED, "edges[0].max_hops"},
      {absl::StrCat(kTwo, "edges { from: 'a' to: 'lab' min_hops: 65 }"),
       v1::ERROR_REASON_LIMIT_EXCEEDED, "edges[0].min_hops"},
      {"variables { name: 'a' } max_rows: 10000001", v1::ERROR_REASON_LIMIT_EXCEEDED,
       "max_rows"},
      {"variables { name: 'a' } max_visited: 1000000001", v1::ERROR_REASON_LIMIT_EXCEEDED,
       "max_visited"},
  };
  for (const auto& c : kCases) {
    EXPECT_THAT(Check(c.request), FailsAt(c.reason, c.field)) << c.request;
  }
}

TEST_F(PatternPlanTest, AnEnumNumberThatIsNoneIsRefused) {
  auto request = schema::ParseText<v1::MatchPatternRequest>(
      absl::StrCat(kTwo, "edges { from: 'a' to: 'lab' }"));
  request.mutable_edges(0)->set_direction(static_cast<v1::Direction>(9));
  EXPECT_THAT(CheckMatch(graph_, request),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "edges[0].direction"));
}

TEST_F(PatternPlanTest, SuggestsTheNearestVariable) {
  const absl::Status slip = Check(absl::StrCat(kTwo, "edges { from: 'lap' to: 'a' }"));
  EXPECT_THAT(std::string(slip.message()), HasSubstr("did you mean \"lab\"?"));
  const absl::Status other = Check(absl::StrCat(kTwo, "edges { from: 'crime' to: 'a' }"));
  EXPECT_THAT(std::string(other.message()), HasSubstr("the names are a, lab."));
}

TEST_F(PatternPlanTest, AcceptsEverythingAtItsLimit) {
  EXPECT_THAT(Check(absl::StrCat("variables { name: '", std::string(64, 'a'),
                                 "' } max_rows: 10000000 max_visited: 1000000000")),
              IsOk());
  EXPECT_THAT(Check(absl::StrCat(
                  kTwo, "edges { from: 'a' to: 'lab' min_hops: 64 max_hops: 64 }")),
              IsOk());
}

TEST_F(PatternPlanTest, VariablesAndEdgesAreLimited) {
  v1::MatchPatternRequest request;
  for (uint64_t i = 0; i < limits::kPatternVariables.value; ++i) {
    request.add_variables()->set_name(absl::StrCat("v", i));
  }
  for (uint64_t i = 0; i < limits::kPatternEdges.value; ++i) {
    v1::PatternEdge* const edge = request.add_edges();
    edge->set_from("v0");
    edge->set_to("v1");
  }
  EXPECT_THAT(CheckMatch(graph_, request), IsOk());
  v1::MatchPatternRequest more = request;
  more.add_variables()->set_name("more");
  EXPECT_THAT(CheckMatch(graph_, more),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "variables"));
  more = request;
  *more.add_edges() = more.edges(0);
  EXPECT_THAT(CheckMatch(graph_, more),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "edges"));
}

TEST_F(PatternPlanTest, FillsInDefaults) {
  const auto plan = Plan(absl::StrCat(
      kTwo,
      "edges { from: 'a' to: 'lab' } edges { from: 'a' to: 'lab' min_hops: 3 } "
      "edges { from: 'a' to: 'lab' min_hops: 0 }"));
  ASSERT_OK(plan);
  EXPECT_EQ(plan->max_rows, limits::kDefaultRows);
  EXPECT_EQ(plan->max_visited, limits::kDefaultVisited);
  EXPECT_EQ(plan->pattern.edges[0].hops, (HopRange{1, 1}));
  EXPECT_EQ(plan->pattern.edges[1].hops, (HopRange{3, 3}));
  EXPECT_EQ(plan->pattern.edges[2].hops, (HopRange{0, 1}));
  const auto count = Plan(absl::StrCat(kTwo, "count_only: true"));
  ASSERT_OK(count);
  EXPECT_EQ(count->max_rows, UINT64_MAX);
}

}  // namespace
}  // namespace labgraph::query
