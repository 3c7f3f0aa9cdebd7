#ifndef LABGRAPH_SERVER_GRAPH_ERASE_MERGES_H_
#define LABGRAPH_SERVER_GRAPH_ERASE_MERGES_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "labgraph/v1/statement.pb.h"
#include "server/graph/draft.h"
#include "server/graph/erase_set.h"
#include "server/graph/merge.pb.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// Calls `visit` with every statement as merges, present and past, keep it from before.
// Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status ForEachMergedStatement(
    const kv::Reader& reader,
    absl::FunctionRef<void(const Merge& merge, const v1::Statement& statement)> visit);

// Takes the records out of what merges keep, present and past; those that were kept there
// are marked as found. An id whose own entity is erased no longer leads anywhere. Errors:
// STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status EraseFromMerges(EraseSet& set, Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ERASE_MERGES_H_
