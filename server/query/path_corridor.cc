#include "server/query/path_corridor.h"

#include <algorithm>

#include "server/base/status_macros.h"

namespace labgraph::query {

// Goes on back from the last level that is known, only where the way from a beginning is
// short enough.
absl::Status PathCorridor::Fill() {
  EntityList level = levels_.backward().frontier;
  for (uint32_t to_end = levels_.backward().hops + 1; to_end <= hops_ && !level.empty();
       ++to_end) {
    EntityList reached;
    RETURN_IF_ERROR(GoBack(level, to_end, [&](const PassingEdge& edge) {
      if (ToEnd(edge.neighbor) != LevelMap::kNone) return;
      farther_.Set(edge.neighbor, static_cast<uint8_t>(to_end));
      reached.push_back(edge.neighbor);
    }));
    if (tools_.budget.stopped()) break;
    ASSIGN_OR_RETURN(level, Passable(std::move(reached)));
  }
  return absl::OkStatus();
}

absl::StatusOr<EntityList> PathCorridor::Passable(EntityList entities) {
  std::sort(entities.begin(), entities.end());
  size_t kept = 0;
  for (const graph::Neighbor entity : entities) {
    ASSIGN_OR_RETURN(const bool passes, MayPass(entity));
    if (passes) entities[kept++] = entity;
  }
  entities.resize(kept);
  return entities;
}

}  // namespace labgraph::query
