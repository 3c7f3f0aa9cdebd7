#ifndef LABGRAPH_SERVER_QUERY_EDGE_STATEMENTS_H_
#define LABGRAPH_SERVER_QUERY_EDGE_STATEMENTS_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/query/join_order.h"
#include "server/query/join_tools.h"
#include "server/query/pattern_plan.h"

namespace labgraph::query {

// Finds the statements behind matches. Made for matches that come in the order of a join:
// the end of an edge that was found first changes seldom, and its edges are read once.
// Not thread-safe.
class EdgeStatements {
 public:
  // All must outlive this.
  EdgeStatements(const PatternPlan& plan, const JoinOrder& order, const JoinTools& tools);

  // For the entities of a match, by position of variable: by position of edge, the
  // statement with the lowest number that holds; 0 for an edge that is not a single hop,
  // and where the budget ended the search. Valid until the next call. Errors:
  // STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<absl::Span<const keys::StatementNumber>> Of(
      absl::Span<const graph::Neighbor> entities);

 private:
  // A neighbour and the lowest statement that leads to it.
  struct Way {
    graph::Neighbor neighbor;
    keys::StatementNumber statement;
    friend auto operator<=>(const Way&, const Way&) = default;
  };
  // A single edge seen from the end found first.
  struct Edge {
    size_t position;
    size_t near;
    size_t far;
    EdgeSelection selection;
    graph::Neighbor node = 0;    // whose ways are known; 0 for none
    std::vector<Way> ways = {};  // ascending, one for each neighbour
  };

  absl::Status ReadWays(graph::Neighbor node, Edge* edge);

  const JoinTools tools_;
  std::vector<Edge> edges_;
  std::vector<keys::StatementNumber> statements_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_EDGE_STATEMENTS_H_
