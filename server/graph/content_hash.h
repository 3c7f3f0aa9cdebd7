#ifndef LABGRAPH_SERVER_GRAPH_CONTENT_HASH_H_
#define LABGRAPH_SERVER_GRAPH_CONTENT_HASH_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// SHA-256, in hex, over every row of the store but its epoch: the same for a store and
// what was restored from its backup. Reads everything. Errors: STORAGE_FAILED,
// STORAGE_CORRUPT.
absl::StatusOr<std::string> ContentHash(const kv::Reader& reader);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_CONTENT_HASH_H_
