#ifndef LABGRAPH_SERVER_GRAPH_EDGE_PACKER_H_
#define LABGRAPH_SERVER_GRAPH_EDGE_PACKER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "server/graph/segment_edit.h"
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
// after another, as they are listed, would have made. Not thread-safe; packers of two
// keyspaces may work side by side between being made and written.
class EdgePacker {
 public:
  // `edges` must outlive the packer, and `overlay` not change until it is done.
  EdgePacker(kv::Keyspace keyspace, absl::Span<const NewEdge> edges,
             const kv::Overlay& overlay);

  // Makes the segments, changing nothing. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status Pack();
  // Puts them into the overlay. REQUIRES: Pack was OK.
  void WriteTo(kv::Overlay& overlay) const;

 private:
  // Places of edges, so that the edges themselves need not be moved to sort them.
  using Places = absl::Span<uint32_t>;

  // Loads, changes and closes the segments of one node and predicate.
  absl::Status PackList(Places places);
  // Loads every segment of the list in which one of the edges belongs, in order.
  absl::Status Load(Places by_key);
  // How many of the edges come before the segment of this key.
  size_t CountBelow(Places by_key, absl::string_view segment) const;
  // Moves the cursor to the first key >= `target`. REQUIRES: ascending targets.
  void Advance(const std::string& target);
  void Insert(const NewEdge& edge);

  const kv::Keyspace keyspace_;
  const absl::Span<const NewEdge> edges_;
  const std::unique_ptr<kv::Cursor> cursor_;
  bool placed_ = false;
  std::vector<uint32_t> by_key_;   // of the present list
  std::vector<OpenSegment> open_;  // of the present list, in order
  std::vector<std::pair<std::string, std::string>> closed_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_EDGE_PACKER_H_
