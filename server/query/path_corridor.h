#ifndef LABGRAPH_SERVER_QUERY_PATH_CORRIDOR_H_
#define LABGRAPH_SERVER_QUERY_PATH_CORRIDOR_H_

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/keys/keys.h"
#include "server/query/level_map.h"
#include "server/query/path_levels.h"
#include "server/query/path_tools.h"

namespace labgraph::query {

// The entities through which paths of at most so many hops may come: those that are not
// too far from both ends together. Paths here may pass an entity twice. Not thread-safe.
class PathCorridor {
 public:
  // Both must outlive this.
  PathCorridor(const PathTools& tools, PathLevels& levels, uint32_t hops)
      : tools_(tools),
        levels_(levels),
        back_(tools.plan.edges.Reversed()),
        hops_(hops),
        farther_(tools.view.head().state.next_entity) {}

  // Finds them. REQUIRES: the levels cover the hops. What the budget leaves undone makes
  // the corridor useless. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status Fill();

  uint32_t hops() const { return hops_; }

  // The fewest hops from an entity of the corridor to an end. Of others it may be kNone.
  uint8_t ToEnd(keys::EntityNumber entity) const {
    const uint8_t level = levels_.ToEnd(entity);
    return level != LevelMap::kNone ? level : farther_.Get(entity);
  }
  // Whether a path within the corridor's hops may come to the entity so far from an end.
  bool Has(keys::EntityNumber entity, uint32_t to_end) const {
    return levels_.FromBeginning(entity) + to_end <= hops_;
  }
  absl::StatusOr<bool> MayPass(keys::EntityNumber entity) {
    return levels_.MayPass(entity);
  }

  // Goes one hop back from `entities`: calls `offer` with each entity of the corridor
  // that a path may come from, so that it is `to_end` from the end, and with the edge. As
  // far as the budget goes.
  template <typename Offer>
  absl::Status GoBack(const EntityList& entities, uint32_t to_end, Offer offer);

  // Those of the entities through which paths may come, ascending.
  absl::StatusOr<EntityList> Passable(EntityList entities);

 private:
  const PathTools tools_;
  PathLevels& levels_;
  const EdgeSelection back_;
  const uint32_t hops_;
  LevelMap farther_;  // to an end, than the levels know
};

template <typename Offer>
absl::Status PathCorridor::GoBack(const EntityList& entities, uint32_t to_end,
                                  Offer offer) {
  EntityList within;
  for (const graph::Neighbor entity : entities) {
    if (Has(entity, to_end - 1)) within.push_back(entity);
  }
  return ForEachEdge(tools_, within, back_, [&](const PassingEdge& edge) {
    if (Has(edge.neighbor, to_end)) offer(edge);
  });
}

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_CORRIDOR_H_
