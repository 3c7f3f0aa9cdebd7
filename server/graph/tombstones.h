#ifndef LABGRAPH_SERVER_GRAPH_TOMBSTONES_H_
#define LABGRAPH_SERVER_GRAPH_TOMBSTONES_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "labgraph/v1/history.pb.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// What is left of the erased record under `key` of kErased; nullopt where none was
// erased. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<absl::optional<v1::Tombstone>> ReadTombstone(const kv::Reader& reader,
                                                            absl::string_view key);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_TOMBSTONES_H_
