#ifndef LABGRAPH_SERVER_GRAPH_DELETE_ENTITY_H_
#define LABGRAPH_SERVER_GRAPH_DELETE_ENTITY_H_

#include "absl/status/status.h"
#include "server/graph/draft.h"

namespace labgraph::graph {

// Removes an entity. With `cascade` it first retracts every statement with it as subject,
// object or source, and takes it from the sources of other entities; without, any
// such record is an error. Errors at "id": ENTITY_IN_USE; LIMIT_EXCEEDED when all
// deletions of the commit together change more than kMutationDerived records. REQUIRES:
// the entity exists.
absl::Status DeleteEntity(keys::EntityNumber number, bool cascade, Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_DELETE_ENTITY_H_
