#ifndef LABGRAPH_SERVER_GRAPH_EDGE_PACKER_H_
#define LABGRAPH_SERVER_GRAPH_EDGE_PACKER_H_

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "server/keys/keys.h"
#include "server/keys/segment.h"
#include "server/kv/overlay.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// An edge that is in no segment yet.
struct NewEdge {
  keys::EdgeKey key;
  keys::FacetNumber facet = 0;
  keys::Revision revision = 0;
};

// Puts new edges of one keyspace, kOut or kIn, into their segments. Reads and writes each
// segment once, in the order of keys; what comes of it is what adding the edges one
// after another, as they are listed, would have made. On error nothing is changed.
// Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status PackEdges(kv::Keyspace keyspace, absl::Span<const NewEdge> edges,
                       kv::Overlay& overlay);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_EDGE_PACKER_H_
