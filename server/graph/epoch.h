#ifndef LABGRAPH_SERVER_GRAPH_EPOCH_H_
#define LABGRAPH_SERVER_GRAPH_EPOCH_H_

#include <string>

#include "absl/status/status.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// A random epoch; see Graph::epoch.
std::string NewEpoch();

// Gives a store that was restored an epoch of its own, so that nobody takes its revisions
// for those of the store that went on. Errors: those of kv::Store.
absl::Status BeginNewEpoch(kv::Store& store);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_EPOCH_H_
