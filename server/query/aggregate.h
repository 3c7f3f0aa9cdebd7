#ifndef LABGRAPH_SERVER_QUERY_AGGREGATE_H_
#define LABGRAPH_SERVER_QUERY_AGGREGATE_H_

#include "absl/status/statusor.h"
#include "labgraph/v1/pattern.pb.h"
#include "server/graph/view.h"
#include "server/query/aggregate_plan.h"
#include "server/query/budget.h"
#include "server/query/expander.h"

namespace labgraph::query {

// Counts matches or statements in groups as AggregateRequest describes. `plan` was made
// for `view`; `budget` was made with the plan's max_visited, without a limit on hits, and
// is not used for anything else.
//
// Matches are not made one by one where only their number matters. A count that its
// budget ends gives what it counted until then and says why. Errors: LIMIT_EXCEEDED
// (kGroupsKept) at "group_by"; CANCELLED; STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<v1::AggregateResponse> Aggregate(const AggregatePlan& plan,
                                                graph::View& view, Expander& expander,
                                                Budget& budget);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_AGGREGATE_H_
