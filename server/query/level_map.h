#ifndef LABGRAPH_SERVER_QUERY_LEVEL_MAP_H_
#define LABGRAPH_SERVER_QUERY_LEVEL_MAP_H_

#include <cstdint>
#include <vector>

#include "server/graph/edge_run.h"
#include "server/keys/keys.h"

namespace labgraph::query {

// In how many hops a search reached each entity: a byte for each, in an array that
// searches use one after another. Not thread-safe.
class LevelMap {
 public:
  // Not reached.
  static constexpr uint8_t kNone = 0xff;
  // Not to be reached: no path leads through it.
  static constexpr uint8_t kBlocked = 0xfe;

  // `universe`: no number is this or above.
  explicit LevelMap(keys::EntityNumber universe);
  ~LevelMap();
  LevelMap(const LevelMap&) = delete;
  LevelMap& operator=(const LevelMap&) = delete;

  uint8_t Get(keys::EntityNumber entity) const { return levels_[entity]; }
  void Set(keys::EntityNumber entity, uint8_t level) {
    if (levels_[entity] == kNone) {
      touched_.push_back(static_cast<graph::Neighbor>(entity));
    }
    levels_[entity] = level;
  }

 private:
  std::vector<uint8_t> levels_;
  std::vector<graph::Neighbor> touched_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_LEVEL_MAP_H_
