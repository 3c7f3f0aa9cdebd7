#ifndef LABGRAPH_SERVER_QUERY_EXPANDER_H_
#define LABGRAPH_SERVER_QUERY_EXPANDER_H_

#include <cstddef>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "server/adjacency/reader.h"
#include "server/graph/edge_run.h"
#include "server/graph/edge_scan.h"
#include "server/graph/entity_card.h"
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

// The same for entities expanded together: `index` is that of the entity among them.
using LevelVisitor = absl::FunctionRef<bool(size_t index, const graph::EdgeRun&)>;

// Where walks get the edges, kinds and ids of entities from: the only way in which they
// read the graph's structure, from the store or from memory. Not thread-safe, and not to
// be asked for edges by a visitor.
class Expander {
 public:
  virtual ~Expander() = default;

  // Gives the selected edges of `node`, whether they count for the reader or not:
  // outgoing ones first, then by predicate, neighbour and statement; one predicate may
  // come in several runs. An edge from `node` to itself comes once. The visitor counts
  // the edges it gets in its budget; here only other work is counted in `budget`, and
  // what gives false there ends the expansion. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status Expand(keys::EntityNumber node, const EdgeSelection& selection,
                      Budget& budget, EdgeVisitor visit);

  // Expands each of `nodes` in turn: what walks that go level by level use.
  virtual absl::Status ExpandAll(absl::Span<const graph::Neighbor> nodes,
                                 const EdgeSelection& selection, Budget& budget,
                                 LevelVisitor visit);

  // As Expand for one direction; false when the visitor or the budget ended it.
  virtual absl::StatusOr<bool> ExpandOneWay(graph::EdgeDirection direction,
                                            keys::EntityNumber node,
                                            const EdgeSelection& selection,
                                            Budget& budget, EdgeVisitor visit) = 0;

  // Kind, id and visibility of an entity, whether the reader may see it or not; absent
  // where there is none. Valid until the next call. Errors as above.
  virtual absl::StatusOr<absl::optional<graph::EntityCard>> Card(
      keys::EntityNumber node) = 0;

  // Says that the card of nodes[at] is asked for next and those behind it soon. Costs
  // little and waits for nothing.
  virtual void PrefetchCards(absl::Span<const graph::Neighbor> nodes, size_t at) const {}
};

// Gives the edges of `run`, of any number, to `visit` in runs as it takes them. False
// when it gave false.
bool VisitRun(const graph::EdgeRun& run, EdgeVisitor visit);
// The same without the edges that lead from `node` to itself.
bool VisitWithoutLoops(keys::EntityNumber node, const graph::EdgeRun& run,
                       EdgeVisitor visit);

// From the store alone.
class StoreExpander final : public Expander {
 public:
  // `reader` must outlive this.
  explicit StoreExpander(const graph::RecordReader* reader) : reader_(*reader) {}

  absl::StatusOr<bool> ExpandOneWay(graph::EdgeDirection direction,
                                    keys::EntityNumber node,
                                    const EdgeSelection& selection, Budget& budget,
                                    EdgeVisitor visit) override;
  absl::StatusOr<absl::optional<graph::EntityCard>> Card(
      keys::EntityNumber node) override;

 private:
  // The edges of a scan's run as columns, valid until the next call.
  graph::EdgeRun ToColumns(const graph::EdgeScan& scan);

  const graph::RecordReader& reader_;
  graph::EntityRecord record_;  // that Card gave last
  std::vector<graph::Neighbor> neighbors_;
  std::vector<graph::EdgeStatement> statements_;
  std::vector<keys::FacetNumber> facets_;
};

// From memory, and from the store what is not there.
class BlockExpander final : public Expander {
 public:
  // `reader` must outlive this.
  explicit BlockExpander(adjacency::Reader* reader)
      : reader_(*reader), store_(&reader->records()) {}

  absl::StatusOr<bool> ExpandOneWay(graph::EdgeDirection direction,
                                    keys::EntityNumber node,
                                    const EdgeSelection& selection, Budget& budget,
                                    EdgeVisitor visit) override;
  absl::StatusOr<absl::optional<graph::EntityCard>> Card(
      keys::EntityNumber node) override;
  absl::Status ExpandAll(absl::Span<const graph::Neighbor> nodes,
                         const EdgeSelection& selection, Budget& budget,
                         LevelVisitor visit) override;

  void PrefetchCards(absl::Span<const graph::Neighbor> nodes, size_t at) const override;

 private:
  // The selected edges of a block; false when the visitor ended it.
  static bool VisitBlock(const adjacency::EdgeBlock& block,
                         graph::EdgeDirection direction, keys::EntityNumber node,
                         const EdgeSelection& selection, EdgeVisitor visit);
  void Prefetch(absl::Span<const graph::Neighbor> nodes, size_t at,
                graph::EdgeDirection direction) const;

  adjacency::Reader& reader_;
  StoreExpander store_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_EXPANDER_H_
