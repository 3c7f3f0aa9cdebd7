#ifndef LABGRAPH_SERVER_GRAPH_ENTITY_FINDER_H_
#define LABGRAPH_SERVER_GRAPH_ENTITY_FINDER_H_

#include <string>

#include "absl/status/statusor.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/view.h"

namespace labgraph::graph {

// Finds entities by filters, which a floor above understands. Thread-safe.
class EntityFinder {
 public:
  virtual ~EntityFinder() = default;

  // The id of some entity of the view that matches; empty where none does. Errors at
  // fields of EntityMatch: FIELD_REQUIRED, KIND_UNKNOWN, FILTER_MALFORMED,
  // LIMIT_EXCEEDED; STORAGE_FAILED, STORAGE_CORRUPT.
  virtual absl::StatusOr<std::string> FindOne(View& view,
                                              const v1::EntityMatch& match) const = 0;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ENTITY_FINDER_H_
