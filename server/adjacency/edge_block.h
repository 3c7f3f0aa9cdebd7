#ifndef LABGRAPH_SERVER_ADJACENCY_EDGE_BLOCK_H_
#define LABGRAPH_SERVER_ADJACENCY_EDGE_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/adjacency/entry.h"
#include "server/graph/edge_run.h"
#include "server/graph/edge_scan.h"
#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::adjacency {

// All edges of one entity in one direction, in memory. Immutable.
//
//   block = EdgeBlock Group* neighbour* statement* facet*
//
// 4 bytes each, without facets where every group has just one: 8 or 12 bytes an edge, 16
// a group and 32 a block. What a walk needs of a small block is in one or two cache
// lines.
class EdgeBlock : public Entry {
 public:
  // The edges by one predicate.
  struct Group {
    schema::PredicateNumber predicate;
    uint32_t first;
    uint32_t size;
    keys::FacetNumber facet;  // of all its edges; 0: see the facets
  };

  // Reads to the end of `scan`, a scan of all of an entity's edges at `revision`. Null
  // when there are more than `max_edges`. Errors: those of the scan.
  static absl::StatusOr<EntryPtr<EdgeBlock>> Load(graph::EdgeScan& scan,
                                                  keys::Revision revision,
                                                  size_t max_edges);
  // A block that says that the edges are too many to be kept.
  static EntryPtr<EdgeBlock> TooLarge(keys::Revision revision);

  // Whether the edges are too many to be kept; there are no groups then.
  bool too_large() const { return too_large_; }
  // Ascending by predicate.
  absl::Span<const Group> groups() const {
    return {reinterpret_cast<const Group*>(this + 1), groups_};
  }
  // Lives as long as the block. REQUIRES: a group of this block.
  graph::EdgeRun Run(const Group& group) const {
    return {.predicate = group.predicate,
            .neighbors = neighbors() + group.first,
            .statements = statements() + group.first,
            .facets = group.facet != 0 ? nullptr : facets() + group.first,
            .facet = group.facet,
            .size = group.size};
  }
  size_t edges() const { return edges_; }

 private:
  // The columns to make a block of.
  struct Columns {
    std::vector<Group> groups;
    std::vector<graph::EdgeStatement> statements;
    std::vector<graph::Neighbor> neighbors;
    std::vector<keys::FacetNumber> facets;

    void Add(schema::PredicateNumber predicate, const std::vector<keys::Edge>& edges);
  };

  EdgeBlock(keys::Revision revision, size_t bytes, size_t groups, size_t edges,
            bool too_large)
      : Entry(revision, bytes),
        groups_(static_cast<uint32_t>(groups)),
        edges_(static_cast<uint32_t>(edges)),
        too_large_(too_large) {}

  static EntryPtr<EdgeBlock> Make(const Columns& columns, keys::Revision revision);

  const graph::Neighbor* neighbors() const {
    return reinterpret_cast<const graph::Neighbor*>(groups().end());
  }
  const graph::EdgeStatement* statements() const { return neighbors() + edges_; }
  const keys::FacetNumber* facets() const { return statements() + edges_; }

  const uint32_t groups_;
  const uint32_t edges_;
  const bool too_large_;
};

static_assert(sizeof(EdgeBlock) == 32 && sizeof(EdgeBlock::Group) == 16);
static_assert(std::is_same_v<graph::Neighbor, graph::EdgeStatement> &&
              std::is_same_v<graph::Neighbor, keys::FacetNumber>);

}  // namespace labgraph::adjacency

#endif  // LABGRAPH_SERVER_ADJACENCY_EDGE_BLOCK_H_
