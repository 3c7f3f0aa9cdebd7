#ifndef LABGRAPH_SERVER_QUERY_PATH_TOOLS_H_
#define LABGRAPH_SERVER_QUERY_PATH_TOOLS_H_

#include <cstddef>
#include <vector>

#include "absl/status/status.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/query/budget.h"
#include "server/query/edge_selection.h"
#include "server/query/expander.h"
#include "server/query/path_plan.h"

namespace labgraph::query {

// Entities that a search goes on from.
using EntityList = std::vector<graph::Neighbor>;

// What the parts of one search for paths share; all of it outlives them.
struct PathTools {
  const PathPlan& plan;
  graph::View& view;
  Expander& expander;
  Budget& budget;
  // Links kept in memory at most, besides those of the path at hand: some 32 MiB.
  size_t links_kept = size_t{1} << 20;
};

// An edge that counts for the reader.
struct PassingEdge {
  graph::Neighbor neighbor;
  keys::StatementNumber statement;
  keys::FacetNumber facet;
  v1::Certainty certainty;
};

// Calls `take` with the edges of a run that count, as far as the budget goes; false when
// that ended it.
template <typename Take>
bool TakePassing(const PathTools& tools, const graph::EdgeRun& run, Take take) {
  graph::FacetVerdicts& verdicts = tools.view.verdicts();
  const size_t visited = tools.budget.Visit(run.size);
  for (size_t i = 0; i < visited; ++i) {
    const keys::FacetNumber facet = run.FacetAt(i);
    const graph::ReadFilter::Verdict verdict = verdicts.Of(facet);
    if (!verdict.passes) continue;
    take(PassingEdge{run.neighbors[i], run.statements[i], facet, verdict.certainty});
  }
  return visited == run.size;
}

// Calls `take` with the edges of `node` that count, in the order of Expander::Expand, as
// far as the budget goes.
template <typename Take>
absl::Status ForEachEdge(const PathTools& tools, keys::EntityNumber node,
                         const EdgeSelection& edges, Take take) {
  return tools.expander.Expand(node, edges, tools.budget, [&](const graph::EdgeRun& run) {
    return TakePassing(tools, run, take);
  });
}

// The same for one node after another.
template <typename Take>
absl::Status ForEachEdge(const PathTools& tools, const EntityList& nodes,
                         const EdgeSelection& edges, Take take) {
  return tools.expander.ExpandAll(
      nodes, edges, tools.budget,
      [&](size_t, const graph::EdgeRun& run) { return TakePassing(tools, run, take); });
}

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_TOOLS_H_
