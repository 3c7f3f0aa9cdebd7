#ifndef LABGRAPH_SERVER_GRAPH_SEGMENT_EDIT_H_
#define LABGRAPH_SERVER_GRAPH_SEGMENT_EDIT_H_

// Packed segments while they are changed, see server/keys/segment.h.

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/keys/keys.h"
#include "server/keys/segment.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// A segment taken apart.
struct OpenSegment {
  keys::EdgeKey key;  // that it is stored under
  std::vector<keys::Edge> edges;
};

// The first segment of a node and predicate, still without edges.
inline OpenSegment FirstSegment(keys::EntityNumber node, uint32_t predicate) {
  OpenSegment segment;
  segment.key.node = node;
  segment.key.predicate = predicate;
  return segment;
}

// Error: STORAGE_CORRUPT.
absl::StatusOr<OpenSegment> TakeApart(kv::Keyspace keyspace, absl::string_view key,
                                      absl::string_view value);

// Cuts the upper half off a segment that has grown too large.
absl::optional<OpenSegment> CutIfLarge(OpenSegment& segment);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_SEGMENT_EDIT_H_
