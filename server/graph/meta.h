#ifndef LABGRAPH_SERVER_GRAPH_META_H_
#define LABGRAPH_SERVER_GRAPH_META_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// A row of kMeta that every store has. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<std::string> ReadMeta(const kv::Reader& reader, const char* key);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_META_H_
