#ifndef LABGRAPH_SERVER_QUERY_NEED_LEVELS_H_
#define LABGRAPH_SERVER_QUERY_NEED_LEVELS_H_

#include <cstdint>
#include <deque>

#include "absl/status/status.h"
#include "server/keys/keys.h"
#include "server/query/level_map.h"
#include "server/query/path_corridor.h"
#include "server/query/path_needs.h"
#include "server/query/path_tools.h"

namespace labgraph::query {

// For each thing that paths must have: how far entities of a corridor are from an end
// when the way must have it. Tells early that a path cannot meet its needs any more. Not
// thread-safe.
class NeedLevels {
 public:
  // All must outlive this.
  NeedLevels(const PathTools& tools, PathCorridor& corridor, PathNeeds& needs)
      : tools_(tools), corridor_(corridor), needs_(needs) {}

  // Finds them. What the budget leaves undone makes them useless. Errors: STORAGE_FAILED,
  // STORAGE_CORRUPT.
  absl::Status Fill();

  // Whether a way of at most so many hops from the entity to an end might meet what is
  // missing; each need is looked at by itself.
  bool MayMeet(NeedBits missing, keys::EntityNumber entity, size_t hops) const;

 private:
  absl::Status FillEntity(keys::EntityNumber entity, LevelMap* levels);
  absl::Status FillPredicate(NeedBits bit, LevelMap* levels);
  // Goes back from entities `to_end` from an end: from `with`, whose ways have the need,
  // and from `without`, whose ways have it as soon as they use a statement that meets
  // `bit`.
  absl::Status Spread(EntityList with, EntityList without, uint32_t to_end, NeedBits bit,
                      LevelMap* levels);

  const PathTools tools_;
  PathCorridor& corridor_;
  PathNeeds& needs_;
  std::deque<LevelMap> levels_;  // by bit
  bool hopeless_ = false;        // no path of the corridor has all of them
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_NEED_LEVELS_H_
