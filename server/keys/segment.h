#ifndef LABGRAPH_SERVER_KEYS_SEGMENT_H_
#define LABGRAPH_SERVER_KEYS_SEGMENT_H_

// A packed segment: some neighbours of one node by one predicate and direction.
//
//   segment = varint(count) entry*
//   entry   = varint(neighbour - neighbour before) signed(statement - statement before)
//             signed(facet - facet before) signed(revision - revision before)
//
// ordered by (neighbour, statement), with zeros before the first entry. Bulk-loaded
// neighbours of one facet and revision take two to four bytes each.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "server/keys/keys.h"

namespace labgraph::keys {

// One edge as seen from one end.
struct Edge {
  EntityNumber neighbor = 0;
  StatementNumber statement = 0;
  FacetNumber facet = 0;
  Revision revision = 0;  // that wrote this version of the edge

  friend bool operator==(const Edge&, const Edge&) = default;
};

// Whether `a` comes before `b` in a segment.
inline bool EdgeOrder(const Edge& a, const Edge& b) {
  return a.neighbor != b.neighbor ? a.neighbor < b.neighbor : a.statement < b.statement;
}

// A segment of more entries is split in two halves. Measured in bytes it keeps what a
// change of a supernode rewrites to a few KB.
inline constexpr size_t kSegmentEdges = 512;

// REQUIRES: `edges` ordered by EdgeOrder.
std::string EncodeSegment(const std::vector<Edge>& edges);

// Appends the segment's edges to `out`. False, with `out` as it was, for bytes that
// are not a segment.
bool DecodeSegment(absl::string_view bytes, std::vector<Edge>* out);

// Number of edges without decoding them. False for bytes that are not a segment.
bool SegmentCount(absl::string_view bytes, uint64_t* out);

}  // namespace labgraph::keys

#endif  // LABGRAPH_SERVER_KEYS_SEGMENT_H_
