#ifndef LABGRAPH_SERVER_QUERY_VARIABLE_ORDER_H_
#define LABGRAPH_SERVER_QUERY_VARIABLE_ORDER_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "server/query/join_tools.h"
#include "server/query/pattern_plan.h"
#include "server/query/start_source.h"

namespace labgraph::query {

// A variable in its place in the order.
struct OrderedVariable {
  size_t variable = 0;
  // Where its candidates come from when no edge leads to it from one before it.
  absl::optional<StartSource> source;
};

// The order in which to find the variables: first the one with the fewest candidates,
// then always one with an edge to those before it, the one that fewest are expected to
// fit, as a sample of the edges tells; another piece of the pattern begins as the first
// one did. Variables that are not `needed` (by position) and whose neighbours all come
// before them are put last in their piece, unless they leave nothing of most candidates:
// they can be counted instead of found. The same plan at the same revision gets the same
// order from the same budget. Once that has no time, the order is any that is complete.
// Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<std::vector<OrderedVariable>> OrderVariables(
    const PatternPlan& plan, const std::vector<bool>& needed, const JoinTools& tools);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_VARIABLE_ORDER_H_
