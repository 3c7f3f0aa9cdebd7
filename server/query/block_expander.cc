#include "server/base/status_macros.h"
#include "server/query/expander.h"

namespace labgraph::query {
namespace {

using adjacency::EdgeBlock;
using graph::EdgeDirection;

// How far ahead of its use the slot of a block, and then the block, is called for.
constexpr size_t kSlotAhead = 16;
constexpr size_t kBlockAhead = 8;

}  // namespace

absl::StatusOr<bool> BlockExpander::ExpandOneWay(EdgeDirection direction,
                                                 keys::EntityNumber node,
                                                 const EdgeSelection& selection,
                                                 Budget& budget, EdgeVisitor visit) {
  if (!budget.Work(1)) return false;
  ASSIGN_OR_RETURN(const EdgeBlock* const block, reader_.Edges(direction, node));
  if (block == nullptr) {
    return store_.ExpandOneWay(direction, node, selection, budget, visit);
  }
  for (const EdgeBlock::Group& group : block->groups()) {
    if (!selection.Follows(direction, group.predicate)) continue;
    const graph::EdgeRun run = block->Run(group);
    const bool both =
        direction == EdgeDirection::kIn && selection.FollowsOut(group.predicate);
    if (!(both ? VisitWithoutLoops(node, run, visit) : VisitRun(run, visit))) {
      return false;
    }
  }
  return true;
}

absl::StatusOr<absl::optional<graph::EntityCard>> BlockExpander::Card(
    keys::EntityNumber node) {
  return reader_.Card(node);
}

void BlockExpander::Prefetch(absl::Span<const graph::Neighbor> nodes, size_t at,
                             const EdgeSelection& selection) const {
  for (const EdgeDirection direction : {EdgeDirection::kOut, EdgeDirection::kIn}) {
    if (!selection.FollowsAny(direction)) continue;
    if (at + kSlotAhead < nodes.size()) {
      reader_.PrefetchSlot(direction, nodes[at + kSlotAhead]);
    }
    if (at + kBlockAhead < nodes.size()) {
      reader_.PrefetchBlock(direction, nodes[at + kBlockAhead]);
    }
  }
}

void BlockExpander::PrefetchCards(absl::Span<const graph::Neighbor> nodes,
                                  size_t at) const {
  if (at + kBlockAhead < nodes.size()) reader_.PrefetchCard(nodes[at + kBlockAhead]);
}

}  // namespace labgraph::query
