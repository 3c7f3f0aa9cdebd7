#ifndef LABGRAPH_SERVER_QUERY_AGGREGATE_PLAN_H_
#define LABGRAPH_SERVER_QUERY_AGGREGATE_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "labgraph/v1/pattern.pb.h"
#include "server/graph/view.h"
#include "server/query/pattern_plan.h"
#include "server/query/statement_question.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// Where the ends of a statement stand among what its keys may look at.
inline constexpr size_t kSubject = 0;
inline constexpr size_t kObject = 1;

// A part of what makes a group, checked and resolved.
struct PlannedKey {
  v1::GroupBy by = v1::GROUP_BY_UNSPECIFIED;
  // Position of the variable, or kSubject or kObject. Absent where the statement itself
  // is looked at.
  absl::optional<size_t> entity;
  // The property, where there is one; lives as long as the view's ontology.
  const schema::Predicate* property = nullptr;

  friend bool operator==(const PlannedKey&, const PlannedKey&) = default;
};

// An AggregateRequest, checked and resolved against the view it will run on. A value.
struct AggregatePlan {
  // What is counted: one of both.
  absl::optional<PatternPlan> pattern;
  absl::optional<StatementQuestion> statements;
  std::vector<PlannedKey> keys;
  uint64_t max_groups = 0;
  uint64_t max_visited = 0;
};

// Errors, at fields of the request: those of PlanPattern; those of ResolveStatements at
// "statements.<field>"; FIELD_INVALID at "statements" beside variables; LIMIT_EXCEEDED at
// "group_by", "max_groups" and "max_visited"; FIELD_REQUIRED, FIELD_INVALID,
// PREDICATE_UNKNOWN at "group_by[i].<field>".
absl::StatusOr<AggregatePlan> PlanAggregate(const v1::AggregateRequest& request,
                                            const graph::View& view);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_AGGREGATE_PLAN_H_
