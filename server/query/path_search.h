#ifndef LABGRAPH_SERVER_QUERY_PATH_SEARCH_H_
#define LABGRAPH_SERVER_QUERY_PATH_SEARCH_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/query/budget.h"
#include "server/query/entity_check.h"
#include "server/query/expander.h"
#include "server/query/level_map.h"
#include "server/query/path_plan.h"

namespace labgraph::query {

// Finds how long the shortest paths are and where they pass: walks breadth-first from
// both ends, always the side with the smaller frontier one whole level, until the
// sides meet. Remembers levels only, so memory grows with entities and not with
// statements. Used once; not thread-safe.
class PathSearch {
 public:
  // One end of the search.
  struct Side {
    Side(EdgeSelection selection, keys::EntityNumber universe)
        : edges(std::move(selection)), levels(universe) {}

    EdgeSelection edges;  // followed away from the end
    LevelMap levels;      // hops from the end
    std::vector<keys::EntityNumber> frontier;
    uint32_t hops = 0;  // level of the frontier
    uint64_t met = 0;
  };

  // All must outlive this.
  PathSearch(const PathPlan& plan, graph::View& view, Expander& expander, Budget& budget);

  // Searches until the sides meet, there is no way on, or the budget stops it. Errors:
  // CANCELLED, STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status Run();

  // Entities in the middle of shortest paths, at forward().hops and backward().hops
  // from the ends; ascending, each once. Empty when no path was found.
  const std::vector<keys::EntityNumber>& meetings() const { return meetings_; }
  const Side& forward() const { return forward_; }
  const Side& backward() const { return backward_; }
  // Different entities met.
  uint64_t met() const { return forward_.met + backward_.met - met_twice_; }

 private:
  void Begin(const std::vector<keys::EntityNumber>& ends, Side* side, const Side& other);
  absl::Status Advance(Side* side, const Side& other);
  absl::StatusOr<std::vector<keys::EntityNumber>> Reachable(Side* side);

  const PathPlan& plan_;
  graph::View& view_;
  Expander& expander_;
  Budget& budget_;
  EntityCheck between_;
  Side forward_;
  Side backward_;
  std::vector<keys::EntityNumber> meetings_;
  uint64_t met_twice_ = 0;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_SEARCH_H_
