#ifndef LABGRAPH_SERVER_QUERY_EXPANDER_H_
#define LABGRAPH_SERVER_QUERY_EXPANDER_H_

#include <cstddef>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "server/graph/edge_run.h"
#include "server/graph/edge_scan.h"
#include "server/graph/record_reader.h"
#include "server/keys/keys.h"
#include "server/query/budget.h"
#include "server/query/edge_selection.h"

namespace labgraph::query {

// Edges in one run at most: few enough to ask the budget between them.
inline constexpr size_t kRunEdges = 4096;

// Takes edges of one entity by one predicate and direction, 1 to kRunEdges; they live
// until it returns. False ends the expansion.
using EdgeVisitor = absl::FunctionRef<bool(const graph::EdgeRun&)>;

// Where walks get the edges of an entity from: the only way in which they read the
// graph's structure, from the store or from memory. Not thread-safe.
class Expander {
 public:
  virtual ~Expander() = default;

  // Gives the selected edges of `node`, whether they count for the reader or not:
  // outgoing ones first, then by predicate, neighbour and statement; one predicate may
  // come in several runs. An edge from `node` to itself comes once. The visitor counts
  // the edges it gets in its budget; here only other work is counted in `budget`, and
  // what gives false there ends the expansion. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  virtual absl::Status Expand(keys::EntityNumber node, const EdgeSelection& selection,
                              Budget& budget, EdgeVisitor visit) = 0;

  // Says that the edges of `node` will be wanted soon. Costs little and waits for
  // nothing.
  virtual void Prefetch(keys::EntityNumber node, const EdgeSelection& selection) {}
};

// Gives the edges of `run`, of any number, to `visit` in runs as it takes them. False
// when it gave false.
bool VisitRun(const graph::EdgeRun& run, EdgeVisitor visit);
// The same without the edges that lead from `node` to itself.
bool VisitWithoutLoops(keys::EntityNumber node, const graph::EdgeRun& run,
                       EdgeVisitor visit);

// Edges from the store.
class StoreExpander final : public Expander {
 public:
  // `reader` must outlive this.
  explicit StoreExpander(const graph::RecordReader* reader) : reader_(reader) {}

  absl::Status Expand(keys::EntityNumber node, const EdgeSelection& selection,
                      Budget& budget, EdgeVisitor visit) override;

 private:
  friend class StoreExpansion;

  // The edges of a scan's run as columns, valid until the next call.
  graph::EdgeRun ToColumns(const std::vector<keys::Edge>& edges);

  const graph::RecordReader* const reader_;
  std::vector<graph::Neighbor> neighbors_;
  std::vector<keys::StatementNumber> statements_;
  std::vector<keys::FacetNumber> facets_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_EXPANDER_H_
