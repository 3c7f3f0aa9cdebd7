#ifndef LABGRAPH_SERVER_GRAPH_COMPACT_HISTORY_H_
#define LABGRAPH_SERVER_GRAPH_COMPACT_HISTORY_H_

// Forgetting what the store was before a revision. The revision itself stays readable:
// of its rows only those go that were replaced or removed by then. Of the changes up to
// it nothing is left but who made them, when and why.

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/graph/write_buffer.h"
#include "server/keys/keys.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// The oldest revision that can be read; 0 where nothing was forgotten. Errors:
// STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<keys::Revision> ReadOldest(const kv::Reader& reader);
void WriteOldest(keys::Revision oldest, WriteBuffer& buffer);

// Removes what is not needed to read `oldest` and later, and counts the rows. Batch by
// batch, beside the writer, which touches none of these rows; what an interrupted run
// left is removed by the next. REQUIRES: no reader can ask for an earlier revision any
// more. `write` is kv::Store::Write of the store of which `reader` is. Errors: those of
// kv::Store.
absl::StatusOr<uint64_t> RemoveHistory(
    keys::Revision oldest, const kv::Reader& reader,
    absl::FunctionRef<absl::Status(const kv::Batch&)> write);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_COMPACT_HISTORY_H_
