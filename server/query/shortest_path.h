#ifndef LABGRAPH_SERVER_QUERY_SHORTEST_PATH_H_
#define LABGRAPH_SERVER_QUERY_SHORTEST_PATH_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/optional.h"
#include "server/keys/keys.h"
#include "server/query/entity_check.h"
#include "server/query/level_map.h"
#include "server/query/path_tools.h"
#include "server/query/path_writer.h"

namespace labgraph::query {

// Finds one shortest path: breadth-first from both ends, always the side that has fewer
// statements to look at, until the first statement that joins them. Which one it finds of
// several depends on nothing but the graph and the question. Used once; not thread-safe.
class ShortestPath {
 public:
  explicit ShortestPath(const PathTools& tools);

  // Absent where there is none of at most max_hops, or the budget stopped the search.
  // Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<absl::optional<FoundPath>> Find();

  // Different entities from which the search went on.
  uint64_t met() const { return forward_.met + backward_.met; }

 private:
  // How a side came to an entity.
  struct Step {
    uint32_t before;  // place of the entity before, in the level before
    graph::EdgeStatement statement;
    keys::FacetNumber facet;
  };
  // Entities as many hops from an end; the statements that led to them are absent from
  // the first.
  struct Level {
    EntityList entities;
    std::vector<Step> steps;
  };
  struct Side {
    Side(EdgeSelection selection, uint8_t mark)
        : edges(std::move(selection)), mark(mark) {}

    const EdgeSelection edges;  // followed away from the end
    const uint8_t mark;         // in reached_ of the entities of this side
    std::vector<Level> levels;  // the last is where paths may go on
    // Edges of the last level, or one more than those of the other side: see Weigh.
    uint64_t weight = std::numeric_limits<uint64_t>::max();
    uint64_t met = 0;
  };
  // The statement that joins the sides.
  struct Joint {
    const Side* side;  // that came over it
    Step step;
    graph::Neighbor entity;  // at its end, in the other side's last level
  };

  absl::Status Begin(const std::vector<keys::EntityNumber>& ends, Side* side,
                     const Side& other);
  absl::Status Advance(Side* side, const Side& other);
  // Takes the edges of the entity at `place`; false when there is nothing more to do.
  bool TakeRun(const Side& side, uint32_t place, const graph::EdgeRun& run, Level* next);
  // Leaves out the entities that no path may pass.
  absl::Status KeepPassing(Level* level);
  // Counts the edges of the last level, no farther than one more than the other's.
  absl::Status Weigh(Side* side, const Side& other);

  FoundPath JoinedPath();
  void AddStep(const Step& step, FoundPath* path);
  // Adds the way from an entity of the side's last level to its end.
  void AddWay(const Side& side, size_t place, FoundPath* path);

  const PathTools tools_;
  EntityCheck between_;
  LevelMap reached_;  // by which side
  Side forward_;
  Side backward_;
  absl::optional<Joint> joint_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_SHORTEST_PATH_H_
