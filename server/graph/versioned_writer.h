#ifndef LABGRAPH_SERVER_GRAPH_VERSIONED_WRITER_H_
#define LABGRAPH_SERVER_GRAPH_VERSIONED_WRITER_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/graph/segment_edit.h"
#include "server/graph/write_buffer.h"
#include "server/keys/keys.h"
#include "server/keys/segment.h"

namespace labgraph::graph {

// Writes the rows of one revision: whatever a row replaces or removes moves to the past,
// so that earlier revisions read as before. A row that the same revision made is just
// replaced, having never been seen. Not thread-safe.
class VersionedWriter {
 public:
  // `buffer` must outlive this.
  VersionedWriter(WriteBuffer* buffer, keys::Revision revision)
      : buffer_(buffer), revision_(revision) {}

  keys::Revision revision() const { return revision_; }

  // `value` begins with varint(revision()).
  absl::Status Put(kv::Keyspace keyspace, absl::string_view key, absl::string_view value);
  // As Put, without a look at what is there. REQUIRES: there is no such row now.
  void PutAbsent(kv::Keyspace keyspace, absl::string_view key, absl::string_view value) {
    buffer_->Put(keyspace, key, value);
  }
  // REQUIRES: there never was such a row, as when the number of a new record is in
  // its key.
  void PutNew(kv::Keyspace keyspace, absl::string_view key, absl::string_view value) {
    buffer_->PutNew(keyspace, key, value);
  }
  // Deleting what is not there is no error.
  absl::Status Delete(kv::Keyspace keyspace, absl::string_view key);

  // An edge as seen from `key.node` in `keyspace` (kOut or kIn); rewrites the one
  // segment it belongs to and splits it when it grows too large. Put replaces an
  // edge of the same neighbour and statement.
  absl::Status PutEdge(kv::Keyspace keyspace, const keys::EdgeKey& key,
                       keys::FacetNumber facet);
  // As PutEdge, for a statement that had no edge so far; many of them are packed at
  // once.
  void AddEdge(kv::Keyspace keyspace, const keys::EdgeKey& key, keys::FacetNumber facet) {
    buffer_->AddEdge(keyspace, {key, facet, revision_});
  }
  absl::Status DeleteEdge(kv::Keyspace keyspace, const keys::EdgeKey& key);

 private:
  // The segment that holds or would hold `key`.
  absl::StatusOr<OpenSegment> FindSegment(kv::Keyspace keyspace,
                                          const keys::EdgeKey& key) const;
  void WriteSegment(kv::Keyspace keyspace, OpenSegment segment);
  void MoveToPast(kv::Keyspace keyspace, const keys::EdgeKey& key,
                  const keys::Edge& edge);

  WriteBuffer* const buffer_;
  const keys::Revision revision_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_VERSIONED_WRITER_H_
