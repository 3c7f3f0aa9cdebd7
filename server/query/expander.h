#ifndef LABGRAPH_SERVER_QUERY_EXPANDER_H_
#define LABGRAPH_SERVER_QUERY_EXPANDER_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "server/graph/record_reader.h"
#include "server/keys/keys.h"
#include "server/keys/segment.h"
#include "server/query/budget.h"
#include "server/query/edge_selection.h"

namespace labgraph::query {

// Takes edges of one entity, at least one; they live until it returns. False ends the
// expansion.
using EdgeVisitor = absl::FunctionRef<bool(absl::Span<const keys::Edge>)>;

// Where walks get the edges of an entity from: the only way in which they read the
// graph's structure, so that edges kept in memory can take the store's place. Not
// thread-safe.
class Expander {
 public:
  virtual ~Expander() = default;

  // Gives the selected edges of `node`, whether they count for the reader or not, in an
  // order that depends on nothing but the edges and the selection. An edge from `node`
  // to itself comes once. The visitor counts the edges it gets in its budget; here only
  // other work is counted in `budget`, and what gives false there ends the expansion.
  // Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  virtual absl::Status Expand(keys::EntityNumber node, const EdgeSelection& selection,
                              Budget& budget, EdgeVisitor visit) = 0;
};

// Edges from the store.
class StoreExpander final : public Expander {
 public:
  // `reader` must outlive this.
  explicit StoreExpander(const graph::RecordReader* reader) : reader_(reader) {}

  absl::Status Expand(keys::EntityNumber node, const EdgeSelection& selection,
                      Budget& budget, EdgeVisitor visit) override;

 private:
  const graph::RecordReader* const reader_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_EXPANDER_H_
