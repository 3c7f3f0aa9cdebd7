#ifndef LABGRAPH_SERVER_QUERY_PATH_LEVELS_H_
#define LABGRAPH_SERVER_QUERY_PATH_LEVELS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/keys/keys.h"
#include "server/query/entity_check.h"
#include "server/query/level_map.h"
#include "server/query/path_tools.h"

namespace labgraph::query {

// How far entities are from either end of paths, as far as paths of a growing length need
// it: walks breadth-first from both ends, always the side with the smaller frontier one
// whole level. Remembers levels only, so memory grows with entities and not with
// statements. Not thread-safe.
class PathLevels {
 public:
  // One end of the search.
  struct Side {
    Side(EdgeSelection selection, keys::EntityNumber universe)
        : edges(std::move(selection)), levels(universe) {}

    EdgeSelection edges;  // followed away from the end
    LevelMap levels;      // hops from the end
    EntityList frontier;  // of the last level: through which paths may go on; ascending
    uint32_t hops = 0;    // of the last level
    uint64_t met = 0;
  };

  explicit PathLevels(const PathTools& tools);

  // Walks on until the levels of both sides add up to `hops`, or one side is at its end.
  // What the budget leaves undone makes the levels useless. Errors: STORAGE_FAILED,
  // STORAGE_CORRUPT.
  absl::Status Cover(uint32_t hops);
  // The same, but no farther than until the sides meet.
  absl::Status CoverUntilMet(uint32_t hops);

  // Entities of the last level of both sides: in the middle of the shortest paths when
  // the sides have just met. Ascending, each once.
  const std::vector<keys::EntityNumber>& meetings() const { return meetings_; }
  const Side& forward() const { return forward_; }
  const Side& backward() const { return backward_; }

  // Hops from a beginning, at least; LevelMap::kNone where no path comes.
  uint8_t FromBeginning(keys::EntityNumber entity) const {
    return AtLeast(forward_, entity);
  }
  // Hops to an end; kNone for more than those of backward(), or never.
  uint8_t ToEnd(keys::EntityNumber entity) const;
  // Hops of a path through the entity, at least.
  uint32_t LeastHops(keys::EntityNumber entity) const {
    return uint32_t{AtLeast(forward_, entity)} + AtLeast(backward_, entity);
  }

  // Whether the entity, which has a level, may stand between the ends.
  absl::StatusOr<bool> MayPass(keys::EntityNumber entity);

  // No path that passes no entity twice has more entities, as far as is known.
  uint64_t MostEntities() const;
  // Different entities met.
  uint64_t met() const { return forward_.met + backward_.met - met_twice_; }

 private:
  // Hops from the end of that side, at least; kNone where no path comes.
  static uint8_t AtLeast(const Side& side, keys::EntityNumber entity);
  void Begin(const std::vector<keys::EntityNumber>& ends, Side* side, const Side& other);
  // Whether there is more to cover and a way to it.
  bool GoesOn(uint32_t hops) const;
  absl::Status AdvanceSmaller();
  absl::Status Advance(Side* side, const Side& other);
  absl::Status Meet(graph::Neighbor entity, Side* side, const Side& other);

  const PathTools tools_;
  EntityCheck between_;
  Side forward_;
  Side backward_;
  std::vector<keys::EntityNumber> meetings_;
  uint64_t met_twice_ = 0;
  absl::flat_hash_map<keys::EntityNumber, bool> ends_pass_;  // those asked about
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_LEVELS_H_
