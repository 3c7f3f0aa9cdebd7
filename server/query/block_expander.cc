#include <vector>

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

bool BlockExpander::VisitBlock(const EdgeBlock& block, EdgeDirection direction,
                               keys::EntityNumber node, const EdgeSelection& selection,
                               EdgeVisitor visit) {
  for (const EdgeBlock::Group& group : block.groups()) {
    if (!selection.Follows(direction, group.predicate)) continue;
    const graph::EdgeRun run = block.Run(group);
    const bool both =
        direction == EdgeDirection::kIn && selection.FollowsOut(group.predicate);
    if (!(both ? VisitWithoutLoops(node, run, visit) : VisitRun(run, visit))) {
      return false;
    }
  }
  return true;
}

absl::StatusOr<bool> BlockExpander::ExpandOneWay(EdgeDirection direction,
                                                 keys::EntityNumber node,
                                                 const EdgeSelection& selection,
                                                 Budget& budget, EdgeVisitor visit) {
  if (!budget.Work(1)) return false;
  ASSIGN_OR_RETURN(const EdgeBlock* const block, reader_.Edges(direction, node));
  return block == nullptr ? store_.ExpandOneWay(direction, node, selection, budget, visit)
                          : VisitBlock(*block, direction, node, selection, visit);
}

absl::Status BlockExpander::ExpandAll(absl::Span<const graph::Neighbor> nodes,
                                      const EdgeSelection& selection, Budget& budget,
                                      LevelVisitor visit) {
  std::vector<EdgeDirection> directions;
  for (const EdgeDirection direction : {EdgeDirection::kOut, EdgeDirection::kIn}) {
    if (selection.FollowsAny(direction)) directions.push_back(direction);
  }
  for (size_t i = 0; i < nodes.size(); ++i) {
    const auto visit_one = [&](const graph::EdgeRun& run) { return visit(i, run); };
    for (const EdgeDirection direction : directions) {
      Prefetch(nodes, i, direction);
      // What is in memory, nearly all, is taken without a detour.
      const EdgeBlock* const block = reader_.FindEdges(direction, nodes[i]);
      bool more = true;
      if (block != nullptr && budget.Work(1)) {
        more = VisitBlock(*block, direction, nodes[i], selection, visit_one);
      } else {
        ASSIGN_OR_RETURN(more,
                         ExpandOneWay(direction, nodes[i], selection, budget, visit_one));
      }
      if (!more) return absl::OkStatus();
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<absl::optional<graph::EntityCard>> BlockExpander::Card(
    keys::EntityNumber node) {
  return reader_.Card(node);
}

void BlockExpander::Prefetch(absl::Span<const graph::Neighbor> nodes, size_t at,
                             EdgeDirection direction) const {
  if (at + kSlotAhead < nodes.size()) {
    reader_.PrefetchSlot(direction, nodes[at + kSlotAhead]);
  }
  if (at + kBlockAhead < nodes.size()) {
    reader_.PrefetchBlock(direction, nodes[at + kBlockAhead]);
  }
}

void BlockExpander::PrefetchCards(absl::Span<const graph::Neighbor> nodes,
                                  size_t at) const {
  if (at + kBlockAhead < nodes.size()) reader_.PrefetchCard(nodes[at + kBlockAhead]);
}

}  // namespace labgraph::query
