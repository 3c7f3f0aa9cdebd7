#ifndef LABGRAPH_SERVER_QUERY_PATH_PLAN_H_
#define LABGRAPH_SERVER_QUERY_PATH_PLAN_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/query/edge_selection.h"

namespace labgraph::query {

// A FindPathsRequest, checked and resolved against the view it will run on. A value.
struct PathPlan {
  // Ascending, each once, without avoided ones: nothing may be left of them.
  std::vector<keys::EntityNumber> from;
  std::vector<keys::EntityNumber> to;
  std::vector<keys::EntityNumber> avoided;
  EdgeSelection edges;
  absl::flat_hash_set<schema::KindNumber> kinds;  // between the ends; empty: all
  bool all = false;                               // ALL_SHORTEST
  bool dated = false;                             // the request asks about a day
  uint32_t max_hops = 0;
  uint64_t max_paths = 0;
  uint64_t max_visited = 0;
};

// Errors, at fields of the request: FIELD_REQUIRED, LIMIT_EXCEEDED, ID_MALFORMED,
// ENTITY_NOT_FOUND at "from[i]", "to[i]" and "avoid_entities[i]"; FIELD_INVALID,
// PREDICATE_UNKNOWN, KIND_UNKNOWN.
absl::StatusOr<PathPlan> PlanPaths(const v1::FindPathsRequest& request,
                                   const graph::View& view);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_PLAN_H_
