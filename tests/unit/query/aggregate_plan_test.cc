#include "server/query/aggregate_plan.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/matches.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using testing::FailsAt;
using ::testing::HasSubstr;
using testing::IsOk;

class AggregatePlanTest : public ::testing::Test {
 protected:
  absl::Status Check(const std::string& text) {
    return CheckAggregate(graph_, schema::ParseText<v1::AggregateRequest>(text));
  }

  TestGraph graph_;
};

TEST_F(AggregatePlanTest, ErrorsNameTheField) {
  const std::string lab = "variables { name: 'lab' } ";
  const struct {
    std::string request;
    v1::ErrorReason reason;
    const char* field;
  } kCases[] = {
      {"edges {}", v1::ERROR_REASON_FIELD_REQUIRED, "variables"},
      {"variables {}", v1::ERROR_REASON_FIELD_REQUIRED, "variables[0].name"},
      {lab + "statements {}", v1::ERROR_REASON_FIELD_INVALID, "statements"},
      {"statements { subject: 'node/z' }", v1::ERROR_REASON_ENTITY_NOT_FOUND,
       "statements.subject"},
      {"statements { object: 'z' }", v1::ERROR_REASON_ID_MALFORMED, "statements.object"},
      {"statements { source: 'node/z' }", v1::ERROR_REASON_ENTITY_NOT_FOUND,
       "statements.source"},
      {"statements { predicates: 'part_of' predicates: 'is_part' }",
       v1::ERROR_REASON_PREDICATE_UNKNOWN, "statements.predicates[1]"},
      {"max_groups: 10001", v1::ERROR_REASON_LIMIT_EXCEEDED, "max_groups"},
      {"max_visited: 1000000001", v1::ERROR_REASON_LIMIT_EXCEEDED, "max_visited"},
      {"group_by {}", v1::ERROR_REASON_FIELD_REQUIRED, "group_by[0].by"},
      {lab + "group_by { by: GROUP_BY_ID }", v1::ERROR_REASON_FIELD_REQUIRED,
       "group_by[0].variable"},
      {lab + "group_by { by: GROUP_BY_ID variable: 'lap' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].variable"},
      {"group_by { by: GROUP_BY_PREDICATE } group_by { by: GROUP_BY_KIND variable: 'x' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[1].variable"},
      {"group_by { by: GROUP_BY_PREDICATE variable: 'subject' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].variable"},
      {lab + "group_by { by: GROUP_BY_PREDICATE }", v1::ERROR_REASON_FIELD_INVALID,
       "group_by[0].by"},
      {lab + "group_by { by: GROUP_BY_KIND variable: 'lab' property: 'size' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].property"},
      {"group_by { by: GROUP_BY_YEAR property: 'founded' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].property"},
      {lab + "group_by { by: GROUP_BY_PROPERTY variable: 'lab' }",
       v1::ERROR_REASON_FIELD_REQUIRED, "group_by[0].property"},
      {lab + "group_by { by: GROUP_BY_PROPERTY variable: 'lab' property: 'siz' }",
       v1::ERROR_REASON_PREDICATE_UNKNOWN, "group_by[0].property"},
      {lab + "group_by { by: GROUP_BY_PROPERTY variable: 'lab' property: 'part_of' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].property"},
      {lab + "group_by { by: GROUP_BY_YEAR variable: 'lab' }",
       v1::ERROR_REASON_FIELD_REQUIRED, "group_by[0].property"},
      {lab + "group_by { by: GROUP_BY_YEAR property: 'founded' }",
       v1::ERROR_REASON_FIELD_REQUIRED, "group_by[0].variable"},
      {lab + "group_by { by: GROUP_BY_YEAR variable: 'lab' property: 'size' }",
       v1::ERROR_REASON_FIELD_INVALID, "group_by[0].property"},
  };
  for (const auto& c : kCases) {
    EXPECT_THAT(Check(c.request), FailsAt(c.reason, c.field)) << c.request;
  }
}

TEST_F(AggregatePlanTest, AnEnumNumberThatIsNoneIsRefused) {
  v1::AggregateRequest request;
  request.add_group_by()->set_by(static_cast<v1::GroupBy>(9));
  EXPECT_THAT(CheckAggregate(graph_, request),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "group_by[0].by"));
}

TEST_F(AggregatePlanTest, SaysWhatToDoAboutARelation) {
  const absl::Status status = Check(
      "variables { name: 'lab' } "
      "group_by { by: GROUP_BY_PROPERTY variable: 'lab' property: 'part_of' }");
  EXPECT_THAT(std::string(status.message()), HasSubstr("make it an edge"));
}

TEST_F(AggregatePlanTest, AcceptsEverythingAtItsLimit) {
  EXPECT_THAT(Check("max_groups: 10000 max_visited: 1000000000"), IsOk());
}

TEST_F(AggregatePlanTest, KeysAreLimited) {
  v1::AggregateRequest request = schema::ParseText<v1::AggregateRequest>(
      "group_by { by: GROUP_BY_PREDICATE } group_by { by: GROUP_BY_YEAR } "
      "group_by { by: GROUP_BY_ID variable: 'subject' } "
      "group_by { by: GROUP_BY_ID variable: 'object' }");
  ASSERT_EQ(static_cast<uint64_t>(request.group_by_size()), limits::kGroupKeys.value);
  EXPECT_THAT(CheckAggregate(graph_, request), IsOk());
  request.add_group_by()->set_by(v1::GROUP_BY_PREDICATE);
  EXPECT_THAT(CheckAggregate(graph_, request),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "group_by"));
}

// Each value of one was combined with each of the other.
TEST_F(AggregatePlanTest, AKeyIsGivenOnce) {
  const std::string by_size =
      "group_by { by: GROUP_BY_PROPERTY variable: 'x' property: 'size' } ";
  const std::string by_weight =
      "group_by { by: GROUP_BY_PROPERTY variable: 'x' property: 'weight' } ";
  const std::string x = "variables { name: 'x' } ";
  EXPECT_THAT(Check(x + by_size + by_weight), IsOk());
  EXPECT_THAT(Check(x + by_size + by_weight + by_size),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "group_by[2]"));
}

TEST_F(AggregatePlanTest, FillsInDefaults) {
  const auto plan = PlanAggregate({}, *graph_.Read());
  ASSERT_OK(plan);
  EXPECT_EQ(plan->max_groups, limits::kDefaultGroups);
  EXPECT_EQ(plan->max_visited, limits::kDefaultVisited);
  EXPECT_FALSE(plan->pattern.has_value());
  EXPECT_TRUE(plan->statements.has_value());
}

}  // namespace
}  // namespace labgraph::query
