#include "server/query/traverse_plan.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/walks.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using testing::FailsAt;
using testing::IsOk;

class TraversePlanTest : public ::testing::Test {
 protected:
  TraversePlanTest() {
    graph_.Entities({"node/a"});
    graph_.Commit();
  }

  absl::Status Check(absl::string_view text) {
    return CheckTraverse(graph_, schema::ParseText<v1::TraverseRequest>(text));
  }

  TestGraph graph_;
};

TEST_F(TraversePlanTest, ErrorsNameTheField) {
  const struct {
    const char* request;
    v1::ErrorReason reason;
    const char* field;
  } kCases[] = {
      {"", v1::ERROR_REASON_FIELD_REQUIRED, "start"},
      {"start: 'node/a' start: 'node/b'", v1::ERROR_REASON_ENTITY_NOT_FOUND, "start[1]"},
      {"start: 'gone/b'", v1::ERROR_REASON_ENTITY_NOT_FOUND, "start[0]"},
      {"start: 'a'", v1::ERROR_REASON_ID_MALFORMED, "start[0]"},
      {"start: 'node/a' steps {} steps { predicates: 'is_part' }",
       v1::ERROR_REASON_PREDICATE_UNKNOWN, "steps[1].predicates[0]"},
      {"start: 'node/a' steps { predicates: 'part_of' predicates: 'size' }",
       v1::ERROR_REASON_FIELD_INVALID, "steps[0].predicates[1]"},
      {"start: 'node/a' steps { kinds: 'node' kinds: 'nod' }",
       v1::ERROR_REASON_KIND_UNKNOWN, "steps[0].kinds[1]"},
      {"start: 'node/a' steps { direction: 9 }", v1::ERROR_REASON_FIELD_INVALID,
       "steps[0].direction"},
      {"start: 'node/a' steps { where: 'size >' }", v1::ERROR_REASON_FILTER_MALFORMED,
       "steps[0].where"},
      {"start: 'node/a' steps { max_hops: 0 }", v1::ERROR_REASON_FIELD_INVALID,
       "steps[0].max_hops"},
      {"start: 'node/a' steps { min_hops: 3 max_hops: 2 }",
       v1::ERROR_REASON_FIELD_INVALID, "steps[0].max_hops"},
      {"start: 'node/a' steps { max_hops: 65 }", v1::ERROR_REASON_LIMIT_EXCEEDED,
       "steps[0].max_hops"},
      {"start: 'node/a' steps { min_hops: 65 }", v1::ERROR_REASON_LIMIT_EXCEEDED,
       "steps[0].min_hops"},
      {"start: 'node/a' max_hits: 10000001", v1::ERROR_REASON_LIMIT_EXCEEDED, "max_hits"},
      {"start: 'node/a' max_visited: 1000000001", v1::ERROR_REASON_LIMIT_EXCEEDED,
       "max_visited"},
  };
  for (const auto& c : kCases) {
    // The parser of the text format refuses enum numbers it does not know.
    if (std::string(c.request).find("direction: 9") != std::string::npos) {
      auto request = schema::ParseText<v1::TraverseRequest>("start: 'node/a' steps {}");
      request.mutable_steps(0)->set_direction(static_cast<v1::Direction>(9));
      EXPECT_THAT(CheckTraverse(graph_, request), FailsAt(c.reason, c.field));
      continue;
    }
    EXPECT_THAT(Check(c.request), FailsAt(c.reason, c.field)) << c.request;
  }
}

TEST_F(TraversePlanTest, AcceptsEverythingAtItsLimit) {
  EXPECT_THAT(Check("start: 'node/a' max_hits: 10000000 max_visited: 1000000000 "
                    "steps { min_hops: 64 max_hops: 64 }"),
              IsOk());
}

TEST_F(TraversePlanTest, StartsAndStepsAreLimited) {
  v1::TraverseRequest request;
  for (uint64_t i = 0; i < limits::kBatchIds.value; ++i) request.add_start("node/a");
  for (uint64_t i = 0; i < limits::kSteps.value; ++i) request.add_steps();
  EXPECT_THAT(CheckTraverse(graph_, request), IsOk());
  v1::TraverseRequest more = request;
  more.add_start("node/a");
  EXPECT_THAT(CheckTraverse(graph_, more),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "start"));
  more = request;
  more.add_steps();
  EXPECT_THAT(CheckTraverse(graph_, more),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "steps"));
}

TEST_F(TraversePlanTest, FillsInDefaults) {
  const auto plan =
      PlanTraverse(schema::ParseText<v1::TraverseRequest>(
                       "start: 'node/a' start: 'node/a' steps {} steps { min_hops: 4 } "
                       "steps { min_hops: 0 }"),
                   *graph_.Read());
  ASSERT_OK(plan);
  EXPECT_EQ(plan->start.size(), 1u);
  EXPECT_EQ(plan->max_hits, limits::kDefaultHits);
  EXPECT_EQ(plan->max_visited, limits::kDefaultVisited);
  ASSERT_EQ(plan->steps.size(), 3u);
  EXPECT_EQ(plan->steps[0].min_hops, 1u);
  EXPECT_EQ(plan->steps[0].max_hops, 1u);
  EXPECT_EQ(plan->steps[1].max_hops, 4u);
  EXPECT_EQ(plan->steps[2].min_hops, 0u);
  EXPECT_EQ(plan->steps[2].max_hops, 1u);
}

TEST_F(TraversePlanTest, WhatIsOnlyCountedIsCountedToTheEndUnlessAskedOtherwise) {
  v1::TraverseRequest request =
      schema::ParseText<v1::TraverseRequest>("start: 'node/a' count_only: true");
  auto plan = PlanTraverse(request, *graph_.Read());
  ASSERT_OK(plan);
  EXPECT_EQ(plan->max_hits, UINT64_MAX);
  request.set_max_hits(7);
  plan = PlanTraverse(request, *graph_.Read());
  ASSERT_OK(plan);
  EXPECT_EQ(plan->max_hits, 7u);
}

}  // namespace
}  // namespace labgraph::query
