#include "server/query/neighbor_lists.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"
#include "server/query/entity_set.h"
#include "server/query/neighbor_collector.h"

namespace labgraph::query {

using graph::Neighbor;

NeighborLists::NeighborLists(EdgeSelection selection, HopRange hops, bool keep,
                             const JoinTools& tools, ListArena* arena)
    : selection_(std::move(selection)),
      hops_(hops),
      keep_(keep),
      tools_(tools),
      arena_(arena),
      kept_(tools.universe()) {}

absl::StatusOr<SortedList> NeighborLists::Read(Neighbor node,
                                               std::vector<Neighbor>* storage) {
  ASSIGN_OR_RETURN(const SortedList list, hops_ == HopRange() ? ReadOneHop(node, storage)
                                                              : ReadHops(node, storage));
  if (!keep_ || tools_.budget.stopped()) return list;
  const absl::optional<uint32_t> first = arena_->Keep(list);
  if (!first.has_value()) return list;
  kept_.Set(node, {*first, static_cast<uint32_t>(list.size())});
  return arena_->Get(*first, list.size());
}

absl::StatusOr<SortedList> NeighborLists::ReadOneHop(Neighbor node,
                                                     std::vector<Neighbor>* storage) {
  NeighborCollector collector(&tools_.view.verdicts(), storage);
  RETURN_IF_ERROR(tools_.expander.Expand(
      node, selection_, tools_.budget, [&](const graph::EdgeRun& run) {
        const size_t visited = tools_.budget.Visit(run.size);
        collector.Add(run.Sub(0, visited));
        return visited == run.size;
      }));
  return collector.Finish();
}

// Level by level, as a walk from `node` alone.
absl::StatusOr<SortedList> NeighborLists::ReadHops(Neighbor node,
                                                   std::vector<Neighbor>* storage) {
  EntitySet met(tools_.universe());
  met.Insert(node);
  level_.assign(1, node);
  std::vector<Neighbor> found;
  if (hops_.min == 0) found.push_back(node);
  for (uint32_t hops = 1; hops <= hops_.max && !level_.empty(); ++hops) {
    std::vector<Neighbor> next;
    for (const Neighbor from : level_) {
      ASSIGN_OR_RETURN(const SortedList list, ReadOneHop(from, storage));
      for (const Neighbor to : list) {
        if (met.Insert(to)) next.push_back(to);
      }
      if (tools_.budget.stopped()) break;
    }
    if (hops >= hops_.min) found.insert(found.end(), next.begin(), next.end());
    level_ = std::move(next);
    if (tools_.budget.stopped()) break;
  }
  std::sort(found.begin(), found.end());
  *storage = std::move(found);
  return SortedList(*storage);
}

}  // namespace labgraph::query
