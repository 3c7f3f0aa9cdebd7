#ifndef LABGRAPH_SERVER_GRAPH_VERSIONED_WRITER_H_
#define LABGRAPH_SERVER_GRAPH_VERSIONED_WRITER_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/keys/keys.h"
#include "server/keys/segment.h"
#include "server/kv/overlay.h"

namespace labgraph::graph {

// Writes the rows of one revision: whatever a row replaces or removes moves to the past,
// so that earlier revisions read as before. A row that the same revision made is just
// replaced, having never been seen. Not thread-safe.
class VersionedWriter {
 public:
  // `overlay` must outlive this.
  VersionedWriter(kv::Overlay* overlay, keys::Revision revision)
      : overlay_(overlay), revision_(revision) {}

  keys::Revision revision() const { return revision_; }

  // `value` begins with varint(revision()).
  absl::Status Put(kv::Keyspace keyspace, absl::string_view key, absl::string_view value);
  // Deleting what is not there is no error.
  absl::Status Delete(kv::Keyspace keyspace, absl::string_view key);

  // An edge as seen from `key.node` in `keyspace` (kOut or kIn); rewrites the one
  // segment it belongs to and splits it when it grows too large. Put replaces an
  // edge of the same neighbour and statement.
  absl::Status PutEdge(kv::Keyspace keyspace, const keys::EdgeKey& key,
                       keys::FacetNumber facet);
  absl::Status DeleteEdge(kv::Keyspace keyspace, const keys::EdgeKey& key);

 private:
  struct Segment;
  // The segment that holds or would hold `key`.
  absl::StatusOr<Segment> FindSegment(kv::Keyspace keyspace,
                                      const keys::EdgeKey& key) const;
  void WriteSegment(kv::Keyspace keyspace, const Segment& segment);
  void MoveToPast(kv::Keyspace keyspace, const keys::EdgeKey& key,
                  const keys::Edge& edge);

  kv::Overlay* const overlay_;
  const keys::Revision revision_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_VERSIONED_WRITER_H_
