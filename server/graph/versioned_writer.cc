#include "server/graph/versioned_writer.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {

struct VersionedWriter::Segment {
  keys::EdgeKey key;  // that it is stored under
  std::vector<keys::Edge> edges;
};

absl::Status VersionedWriter::Put(kv::Keyspace keyspace, absl::string_view key,
                                  absl::string_view value) {
  RETURN_IF_ERROR(Delete(keyspace, key));
  overlay_->Put(keyspace, key, value);
  return absl::OkStatus();
}

absl::Status VersionedWriter::Delete(kv::Keyspace keyspace, absl::string_view key) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> before,
                   overlay_->Get(keyspace, key));
  if (!before.has_value()) return absl::OkStatus();
  if (keys::RowRevision(*before) != revision_) {
    overlay_->Put(keys::kPast, keys::PastKey(keyspace, key, revision_), *before);
  }
  overlay_->Delete(keyspace, key);
  return absl::OkStatus();
}

absl::StatusOr<VersionedWriter::Segment> VersionedWriter::FindSegment(
    kv::Keyspace keyspace, const keys::EdgeKey& key) const {
  const std::unique_ptr<kv::Cursor> cursor = overlay_->NewCursor(keyspace);
  cursor->SeekForPrev(key.Encode());
  RETURN_IF_ERROR(cursor->status());
  Segment segment;
  if (cursor->Valid() &&
      absl::StartsWith(cursor->key(), keys::EdgePrefix(key.node, key.predicate))) {
    if (!keys::EdgeKey::Decode(cursor->key(), &segment.key) ||
        !keys::DecodeSegment(cursor->value(), &segment.edges)) {
      return errors::StorageCorrupt(keys::kNames[keyspace],
                                    "a segment of neighbours cannot be decoded.");
    }
    return segment;
  }
  segment.key.node = key.node;
  segment.key.predicate = key.predicate;
  return segment;
}

void VersionedWriter::WriteSegment(kv::Keyspace keyspace, const Segment& segment) {
  const std::string key = segment.key.Encode();
  if (segment.edges.empty()) {
    overlay_->Delete(keyspace, key);
    return;
  }
  if (segment.edges.size() <= keys::kSegmentEdges) {
    overlay_->Put(keyspace, key, keys::EncodeSegment(segment.edges));
    return;
  }
  const auto middle = segment.edges.begin() + segment.edges.size() / 2;
  overlay_->Put(keyspace, key, keys::EncodeSegment({segment.edges.begin(), middle}));
  keys::EdgeKey upper = segment.key;
  upper.neighbor = middle->neighbor;
  upper.statement = middle->statement;
  overlay_->Put(keyspace, upper.Encode(),
                keys::EncodeSegment({middle, segment.edges.end()}));
}

void VersionedWriter::MoveToPast(kv::Keyspace keyspace, const keys::EdgeKey& key,
                                 const keys::Edge& edge) {
  if (edge.revision == revision_) return;
  overlay_->Put(keys::kPast, keys::PastKey(keyspace, key.Encode(), revision_),
                keys::IndexRow{edge.revision, edge.facet}.Encode());
}

absl::Status VersionedWriter::PutEdge(kv::Keyspace keyspace, const keys::EdgeKey& key,
                                      keys::FacetNumber facet) {
  ASSIGN_OR_RETURN(Segment segment, FindSegment(keyspace, key));
  const keys::Edge edge{key.neighbor, key.statement, facet, revision_};
  const auto at =
      std::lower_bound(segment.edges.begin(), segment.edges.end(), edge, keys::EdgeOrder);
  if (at != segment.edges.end() && !keys::EdgeOrder(edge, *at)) {
    MoveToPast(keyspace, key, *at);
    *at = edge;
  } else {
    segment.edges.insert(at, edge);
  }
  WriteSegment(keyspace, segment);
  return absl::OkStatus();
}

absl::Status VersionedWriter::DeleteEdge(kv::Keyspace keyspace,
                                         const keys::EdgeKey& key) {
  ASSIGN_OR_RETURN(Segment segment, FindSegment(keyspace, key));
  const keys::Edge edge{key.neighbor, key.statement};
  const auto at =
      std::lower_bound(segment.edges.begin(), segment.edges.end(), edge, keys::EdgeOrder);
  if (at == segment.edges.end() || keys::EdgeOrder(edge, *at)) return absl::OkStatus();
  MoveToPast(keyspace, key, *at);
  segment.edges.erase(at);
  WriteSegment(keyspace, segment);
  return absl::OkStatus();
}

}  // namespace labgraph::graph
