#include "server/graph/segment_edit.h"

#include "server/base/errors.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {

absl::StatusOr<OpenSegment> TakeApart(kv::Keyspace keyspace, absl::string_view key,
                                      absl::string_view value) {
  OpenSegment segment;
  if (keys::EdgeKey::Decode(key, &segment.key) &&
      keys::DecodeSegment(value, &segment.edges)) {
    return segment;
  }
  return errors::StorageCorrupt(keys::kNames[keyspace],
                                "a segment of neighbours cannot be decoded.");
}

absl::optional<OpenSegment> CutIfLarge(OpenSegment& segment) {
  if (segment.edges.size() <= keys::kSegmentEdges) return absl::nullopt;
  const auto middle = segment.edges.begin() + segment.edges.size() / 2;
  OpenSegment upper;
  upper.key = segment.key;
  upper.key.neighbor = middle->neighbor;
  upper.key.statement = middle->statement;
  upper.edges.assign(middle, segment.edges.end());
  segment.edges.erase(middle, segment.edges.end());
  return upper;
}

}  // namespace labgraph::graph
