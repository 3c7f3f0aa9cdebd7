#include "server/query/edge_statements.h"

#include <algorithm>

#include "server/base/status_macros.h"

namespace labgraph::query {

EdgeStatements::EdgeStatements(const PatternPlan& plan, const JoinOrder& order,
                               const JoinTools& tools)
    : tools_(tools), statements_(plan.edges.size()) {
  std::vector<size_t> place(plan.variables.size());
  for (size_t i = 0; i < order.steps.size(); ++i) place[order.steps[i].variable] = i;
  for (size_t i = 0; i < plan.edges.size(); ++i) {
    const PlannedEdge& edge = plan.edges[i];
    if (!edge.single()) continue;
    if (place[edge.from] < place[edge.to]) {
      edges_.push_back({i, edge.from, edge.to, edge.selection});
    } else {
      edges_.push_back({i, edge.to, edge.from, edge.selection.Reversed()});
    }
  }
}

absl::StatusOr<absl::Span<const keys::StatementNumber>> EdgeStatements::Of(
    absl::Span<const graph::Neighbor> entities) {
  for (Edge& edge : edges_) {
    const graph::Neighbor node = entities[edge.near];
    if (edge.node != node) RETURN_IF_ERROR(ReadWays(node, &edge));
    const Way wanted{entities[edge.far], 0};
    const auto it = std::lower_bound(edge.ways.begin(), edge.ways.end(), wanted);
    const bool found = it != edge.ways.end() && it->neighbor == wanted.neighbor;
    statements_[edge.position] = found ? it->statement : 0;
  }
  return absl::Span<const keys::StatementNumber>(statements_);
}

absl::Status EdgeStatements::ReadWays(graph::Neighbor node, Edge* edge) {
  edge->node = node;
  edge->ways.clear();
  RETURN_IF_ERROR(tools_.expander.Expand(
      node, edge->selection, tools_.budget, [&](const graph::EdgeRun& run) {
        const size_t visited = tools_.budget.Visit(run.size);
        for (size_t i = 0; i < visited; ++i) {
          if (!tools_.view.verdicts().Passes(run.FacetAt(i))) continue;
          edge->ways.push_back({run.neighbors[i], run.statements[i]});
        }
        return visited == run.size;
      }));
  std::sort(edge->ways.begin(), edge->ways.end());
  const auto same = [](const Way& a, const Way& b) { return a.neighbor == b.neighbor; };
  edge->ways.erase(std::unique(edge->ways.begin(), edge->ways.end(), same),
                   edge->ways.end());
  return absl::OkStatus();
}

}  // namespace labgraph::query
