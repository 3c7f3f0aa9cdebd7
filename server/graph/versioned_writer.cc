#include "server/graph/versioned_writer.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {

absl::Status VersionedWriter::Put(kv::Keyspace keyspace, absl::string_view key,
                                  absl::string_view value) {
  RETURN_IF_ERROR(Delete(keyspace, key));
  buffer_->Put(keyspace, key, value);
  return absl::OkStatus();
}

absl::Status VersionedWriter::Delete(kv::Keyspace keyspace, absl::string_view key) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> before, buffer_->Get(keyspace, key));
  if (!before.has_value()) return absl::OkStatus();
  if (keys::RowRevision(*before) != revision_) {
    buffer_->Put(keys::kPast, keys::PastKey(keyspace, key, revision_), *before);
  }
  buffer_->Delete(keyspace, key);
  return absl::OkStatus();
}

absl::StatusOr<OpenSegment> VersionedWriter::FindSegment(kv::Keyspace keyspace,
                                                         const keys::EdgeKey& key) const {
  const std::unique_ptr<kv::Cursor> cursor = buffer_->NewCursor(keyspace);
  cursor->SeekForPrev(key.Encode());
  RETURN_IF_ERROR(cursor->status());
  if (cursor->Valid() &&
      absl::StartsWith(cursor->key(), keys::EdgePrefix(key.node, key.predicate))) {
    return TakeApart(keyspace, cursor->key(), cursor->value());
  }
  return FirstSegment(key.node, key.predicate);
}

void VersionedWriter::WriteSegment(kv::Keyspace keyspace, OpenSegment segment) {
  const std::string key = segment.key.Encode();
  if (segment.edges.empty()) {
    buffer_->Delete(keyspace, key);
    return;
  }
  const absl::optional<OpenSegment> upper = CutIfLarge(segment);
  buffer_->Put(keyspace, key, keys::EncodeSegment(segment.edges));
  if (upper.has_value()) {
    buffer_->Put(keyspace, upper->key.Encode(), keys::EncodeSegment(upper->edges));
  }
}

void VersionedWriter::MoveToPast(kv::Keyspace keyspace, const keys::EdgeKey& key,
                                 const keys::Edge& edge) {
  if (edge.revision == revision_) return;
  buffer_->Put(keys::kPast, keys::PastKey(keyspace, key.Encode(), revision_),
               keys::IndexRow{edge.revision, edge.facet}.Encode());
}

absl::Status VersionedWriter::PutEdge(kv::Keyspace keyspace, const keys::EdgeKey& key,
                                      keys::FacetNumber facet) {
  ASSIGN_OR_RETURN(OpenSegment segment, FindSegment(keyspace, key));
  const keys::Edge edge{key.neighbor, key.statement, facet, revision_};
  const auto at =
      std::lower_bound(segment.edges.begin(), segment.edges.end(), edge, keys::EdgeOrder);
  if (at != segment.edges.end() && !keys::EdgeOrder(edge, *at)) {
    MoveToPast(keyspace, key, *at);
    *at = edge;
  } else {
    segment.edges.insert(at, edge);
  }
  WriteSegment(keyspace, std::move(segment));
  return absl::OkStatus();
}

absl::Status VersionedWriter::DeleteEdge(kv::Keyspace keyspace,
                                         const keys::EdgeKey& key) {
  ASSIGN_OR_RETURN(OpenSegment segment, FindSegment(keyspace, key));
  const keys::Edge edge{key.neighbor, key.statement};
  const auto at =
      std::lower_bound(segment.edges.begin(), segment.edges.end(), edge, keys::EdgeOrder);
  if (at == segment.edges.end() || keys::EdgeOrder(edge, *at)) return absl::OkStatus();
  MoveToPast(keyspace, key, *at);
  segment.edges.erase(at);
  WriteSegment(keyspace, std::move(segment));
  return absl::OkStatus();
}

}  // namespace labgraph::graph
