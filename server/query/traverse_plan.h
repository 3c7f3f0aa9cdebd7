#ifndef LABGRAPH_SERVER_QUERY_TRAVERSE_PLAN_H_
#define LABGRAPH_SERVER_QUERY_TRAVERSE_PLAN_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/query/edge_selection.h"
#include "server/query/filter.h"

namespace labgraph::query {

// A step, checked and resolved.
struct PlannedStep {
  EdgeSelection edges;
  absl::flat_hash_set<schema::KindNumber> kinds;  // with those under them; empty: all
  Filter where;
  uint32_t min_hops = 1;
  uint32_t max_hops = 1;
};

// A TraverseRequest, checked and resolved against the view it will run on. A value.
struct TraversePlan {
  std::vector<keys::EntityNumber> start;  // ascending, each once
  std::vector<PlannedStep> steps;         // at least one
  bool count_only = false;
  bool ids_only = false;  // view IDS
  bool include_paths = false;
  bool include_intermediate = false;
  bool dated = false;  // the request asks about a day
  uint64_t max_hits = 0;
  uint64_t max_visited = 0;
};

// Errors, at fields of the request: FIELD_REQUIRED, LIMIT_EXCEEDED, ID_MALFORMED,
// ENTITY_NOT_FOUND at "start[i]"; FIELD_INVALID, PREDICATE_UNKNOWN, KIND_UNKNOWN,
// FILTER_MALFORMED, LIMIT_EXCEEDED at "steps[i].<field>".
absl::StatusOr<TraversePlan> PlanTraverse(const v1::TraverseRequest& request,
                                          const graph::View& view);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_TRAVERSE_PLAN_H_
