#include "server/query/expander.h"

#include <algorithm>

#include "server/base/status_macros.h"

namespace labgraph::query {

using graph::EdgeDirection;
using graph::EdgeRun;

absl::Status Expander::Expand(keys::EntityNumber node, const EdgeSelection& selection,
                              Budget& budget, EdgeVisitor visit) {
  for (const EdgeDirection direction : {EdgeDirection::kOut, EdgeDirection::kIn}) {
    if (!selection.FollowsAny(direction)) continue;
    ASSIGN_OR_RETURN(const bool more,
                     ExpandOneWay(direction, node, selection, budget, visit));
    if (!more) break;
  }
  return absl::OkStatus();
}

absl::Status Expander::ExpandAll(absl::Span<const graph::Neighbor> nodes,
                                 const EdgeSelection& selection, Budget& budget,
                                 LevelVisitor visit) {
  bool more = true;
  for (size_t i = 0; i < nodes.size() && more; ++i) {
    RETURN_IF_ERROR(Expand(nodes[i], selection, budget, [&](const EdgeRun& run) {
      more = visit(i, run);
      return more;
    }));
    more = more && !budget.out_of_time();
  }
  return absl::OkStatus();
}

bool VisitRun(const EdgeRun& run, EdgeVisitor visit) {
  if (run.size <= kRunEdges) return run.size == 0 || visit(run);
  for (size_t first = 0; first < run.size; first += kRunEdges) {
    if (!visit(run.Sub(first, kRunEdges))) return false;
  }
  return true;
}

bool VisitWithoutLoops(keys::EntityNumber node, const EdgeRun& run, EdgeVisitor visit) {
  const graph::Neighbor* const end = run.neighbors + run.size;
  const auto [first, last] =
      std::equal_range(run.neighbors, end, static_cast<graph::Neighbor>(node));
  if (first == last) return VisitRun(run, visit);
  const auto before = static_cast<size_t>(first - run.neighbors);
  return VisitRun(run.Sub(0, before), visit) &&
         VisitRun(run.Sub(static_cast<size_t>(last - run.neighbors)), visit);
}

EdgeRun StoreExpander::ToColumns(const graph::EdgeScan& scan) {
  const std::vector<keys::Edge>& edges = scan.edges();
  const size_t size = edges.size();
  neighbors_.resize(size);
  statements_.resize(size);
  facets_.resize(size);
  for (size_t i = 0; i < size; ++i) {
    neighbors_[i] = static_cast<graph::Neighbor>(edges[i].neighbor);
    statements_[i] = static_cast<graph::EdgeStatement>(edges[i].statement);
    facets_[i] = edges[i].facet;
  }
  return {
      scan.predicate(), neighbors_.data(), statements_.data(), facets_.data(), 0, size};
}

absl::StatusOr<bool> StoreExpander::ExpandOneWay(EdgeDirection direction,
                                                 keys::EntityNumber node,
                                                 const EdgeSelection& selection,
                                                 Budget& budget, EdgeVisitor visit) {
  const auto scan_edges =
      [&](absl::optional<schema::PredicateNumber> predicate) -> absl::StatusOr<bool> {
    if (!budget.Work(Budget::kReadUnits)) return false;
    graph::EdgeScan scan = reader_.Edges(direction, node, predicate);
    bool more = true;
    while (more && scan.NextRun()) {
      if (selection.Avoids(scan.predicate())) {
        more = budget.Work(static_cast<uint32_t>(scan.edges().size()));
        continue;
      }
      const EdgeRun run = ToColumns(scan);
      const bool both =
          direction == EdgeDirection::kIn && selection.FollowsOut(scan.predicate());
      more = both ? VisitWithoutLoops(node, run, visit) : VisitRun(run, visit);
    }
    RETURN_IF_ERROR(scan.status());
    return more;
  };
  if (selection.FollowsAll(direction)) return scan_edges(absl::nullopt);
  for (const schema::PredicateNumber predicate : selection.Named(direction)) {
    ASSIGN_OR_RETURN(const bool more, scan_edges(predicate));
    if (!more) return false;
  }
  return true;
}

absl::StatusOr<absl::optional<graph::EntityCard>> StoreExpander::Card(
    keys::EntityNumber node) {
  ASSIGN_OR_RETURN(absl::optional<graph::EntityRecord> record, reader_.ReadEntity(node));
  if (!record.has_value()) return absl::optional<graph::EntityCard>();
  record_ = *std::move(record);
  return absl::optional<graph::EntityCard>(
      graph::EntityCard{record_.kind, record_.entity.id(), record_.entity.visibility()});
}

}  // namespace labgraph::query
