#ifndef LABGRAPH_SERVER_QUERY_JOIN_ORDER_H_
#define LABGRAPH_SERVER_QUERY_JOIN_ORDER_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "server/query/join_tools.h"
#include "server/query/pattern_plan.h"
#include "server/query/start_source.h"

namespace labgraph::query {

// Edges of a pattern seen from one end: several may be the same to look up.
struct EdgeSide {
  EdgeSelection selection;
  HopRange hops;
  bool repeats = false;  // the same entity may be looked up again and again
};

// What a side gives for the entity that a variable stands for.
struct JoinList {
  size_t variable = 0;
  size_t side = 0;
};

// How one variable is found: among what all its lists have, or what its source has.
struct JoinStep {
  size_t variable = 0;
  std::vector<size_t> lists;  // each of a variable of an earlier step
  // The list among them, where there are others, that stays the same while several of the
  // others come and go.
  absl::optional<size_t> lasting;
  absl::optional<StartSource> source;
};

// How a pattern is matched, step by step. A value.
struct JoinOrder {
  std::vector<EdgeSide> sides;
  std::vector<JoinList> lists;
  std::vector<JoinStep> steps;  // one for each variable
  // How many of the last steps need only be counted: what they find depends on the steps
  // before them alone, and none of their variables is needed.
  size_t counted = 0;
};

// `needed`: by position, the variables whose entities are asked for. Errors:
// STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<JoinOrder> MakeJoinOrder(const PatternPlan& plan,
                                        const std::vector<bool>& needed,
                                        const JoinTools& tools);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_JOIN_ORDER_H_
