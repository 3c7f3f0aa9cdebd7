#ifndef LABGRAPH_SERVER_GRAPH_ERASE_CHANGES_H_
#define LABGRAPH_SERVER_GRAPH_ERASE_CHANGES_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "labgraph/v1/change.pb.h"
#include "server/graph/erase_set.h"
#include "server/graph/write_buffer.h"
#include "server/keys/keys.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// Calls `visit` with every record that a change after `oldest` holds itself, since the
// same revision changed it again: as the event that put it. Errors: those of `visit`,
// STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status ForEachHeldRecord(
    const kv::Reader& reader, keys::Revision oldest,
    absl::FunctionRef<absl::Status(const v1::ChangeEvent& event)> visit);

// Puts erasures in the place of what all changes say of the records; those that a change
// holds itself are marked as found. Of changes up to `oldest` that hold any record, as an
// interrupted CompactHistory leaves them, only the outside is kept. Errors:
// STORAGE_FAILED; STORAGE_CORRUPT, also where a change that tells of the records is not
// what it was: damage must not be covered up.
// REQUIRES: the rows of the records are still there.
absl::Status EraseFromChanges(keys::Revision oldest, EraseSet& set, WriteBuffer& buffer);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ERASE_CHANGES_H_
