#ifndef LABGRAPH_SERVER_GRAPH_IMPORT_CHECKPOINT_H_
#define LABGRAPH_SERVER_GRAPH_IMPORT_CHECKPOINT_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/write_buffer.h"

namespace labgraph::graph {

// Errors at "checkpoint.name": FIELD_REQUIRED, LIMIT_EXCEEDED, TEXT_MALFORMED.
absl::Status CheckCheckpoint(const v1::ImportCheckpoint& checkpoint);

// Does what the part says about its checkpoint, in the same batch as the part; gives the
// position that is kept now, 0 where none is. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
// REQUIRES: the part has a checkpoint, which is well-formed.
absl::StatusOr<uint64_t> UpdateCheckpoint(const v1::ImportRequest& part,
                                          WriteBuffer& buffer);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_IMPORT_CHECKPOINT_H_
