#ifndef LABGRAPH_SERVER_GRAPH_ERASE_MERGES_H_
#define LABGRAPH_SERVER_GRAPH_ERASE_MERGES_H_

#include <string>

#include "absl/status/status.h"
#include "server/graph/draft.h"

namespace labgraph::graph {

// Takes an erased record out of what merges keep, present and past. An id whose own
// entity is erased no longer leads anywhere. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status EraseStatementFromMerges(const std::string& id, Draft& draft);
absl::Status EraseEntityFromMerges(const std::string& id, Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ERASE_MERGES_H_
