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
#include "server/query/filter.h"

namespace labgraph::query {

// A FindPathsRequest, checked and resolved against the view it will run on. A value.
struct PathPlan {
  v1::PathMode mode = v1::PATH_MODE_SHORTEST;  // never UNSPECIFIED
  // Ascending, each once, without avoided ones: nothing may be left of them.
  std::vector<keys::EntityNumber> from;
  std::vector<keys::EntityNumber> to;
  std::vector<keys::EntityNumber> avoided;
  EdgeSelection edges;
  // Between the ends.
  absl::flat_hash_set<schema::KindNumber> kinds;  // empty: all
  Filter where;
  // What every path must have; ascending, each once.
  std::vector<keys::EntityNumber> required_entities;
  std::vector<schema::PredicateNumber> required_predicates;
  bool dated = false;  // the request asks about a day
  uint32_t max_hops = 0;
  uint64_t max_paths = 0;
  uint64_t max_visited = 0;

  // Whether paths are asked for that may be longer than the shortest, so that it has to
  // be said that they pass no entity twice.
  bool simple() const {
    return mode == v1::PATH_MODE_K_SHORTEST || mode == v1::PATH_MODE_ALL_SIMPLE ||
           !required_entities.empty() || !required_predicates.empty();
  }
};

// Errors, at fields of the request: FIELD_REQUIRED, LIMIT_EXCEEDED, ID_MALFORMED,
// ENTITY_NOT_FOUND at "from[i]", "to[i]", "avoid_entities[i]" and "required_entities[i]";
// FIELD_INVALID, PREDICATE_UNKNOWN, KIND_UNKNOWN, FILTER_MALFORMED.
absl::StatusOr<PathPlan> PlanPaths(const v1::FindPathsRequest& request,
                                   const graph::View& view);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_PLAN_H_
