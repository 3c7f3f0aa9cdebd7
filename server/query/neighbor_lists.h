#ifndef LABGRAPH_SERVER_QUERY_NEIGHBOR_LISTS_H_
#define LABGRAPH_SERVER_QUERY_NEIGHBOR_LISTS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/edge_selection.h"
#include "server/query/entity_map.h"
#include "server/query/join_tools.h"
#include "server/query/list_arena.h"
#include "server/query/plan_checks.h"
#include "server/query/sorted_lists.h"

namespace labgraph::query {

// Which entities an edge of a pattern can lead to from any entity, and how that is
// remembered. Not thread-safe.
class NeighborLists {
 public:
  // `keep`: the lists of one entity will be asked for again. `tools` and `arena` must
  // outlive this.
  NeighborLists(EdgeSelection selection, HopRange hops, bool keep, const JoinTools& tools,
                ListArena* arena);

  // The entities that are within the hops of `node`. Valid as long as this, or, where it
  // is not kept, until `storage` changes. When the budget ends it, the list is not whole.
  // Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<SortedList> Of(graph::Neighbor node,
                                std::vector<graph::Neighbor>* storage) {
    if (keep_) {
      const Kept kept = kept_.Get(node);
      if (kept.size != kUnknown) return arena_->Get(kept.first, kept.size);
    }
    return Read(node, storage);
  }

 private:
  static constexpr uint32_t kUnknown = UINT32_MAX;
  struct Kept {  // in the arena
    uint32_t first = 0;
    uint32_t size = kUnknown;
  };

  absl::StatusOr<SortedList> Read(graph::Neighbor node,
                                  std::vector<graph::Neighbor>* storage);
  absl::StatusOr<SortedList> ReadOneHop(graph::Neighbor node,
                                        std::vector<graph::Neighbor>* storage);
  absl::StatusOr<SortedList> ReadHops(graph::Neighbor node,
                                      std::vector<graph::Neighbor>* storage);

  const EdgeSelection selection_;
  const HopRange hops_;
  const bool keep_;
  const JoinTools tools_;
  ListArena* const arena_;
  EntityMap<Kept> kept_;
  std::vector<graph::Neighbor> level_;  // of ReadHops
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_NEIGHBOR_LISTS_H_
