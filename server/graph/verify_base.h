#ifndef LABGRAPH_SERVER_GRAPH_VERIFY_BASE_H_
#define LABGRAPH_SERVER_GRAPH_VERIFY_BASE_H_

// What a replay of the change log begins with. Private to the verify files.

#include "absl/status/status.h"
#include "server/graph/verify_context.h"
#include "server/keys/rows.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// Fills an empty store with the rows that stood at the oldest revision that can be read,
// and `state` with its counters; next_entity and next_statement are known from below. The
// numbers of names are those of the present schema.
// Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status CopyBase(VerifyContext& context, kv::Store& store, keys::State* state);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_VERIFY_BASE_H_
