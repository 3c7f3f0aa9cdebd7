#ifndef LABGRAPH_SERVER_QUERY_LEVEL_MAP_H_
#define LABGRAPH_SERVER_QUERY_LEVEL_MAP_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/keys/keys.h"

namespace labgraph::query {

// In how many hops a search reached each entity: a hash map while it is sparse among all
// entities, then a byte for each. Not thread-safe.
class LevelMap {
 public:
  // Not reached.
  static constexpr uint8_t kNone = 0xff;
  // Not to be reached: no path leads through it.
  static constexpr uint8_t kBlocked = 0xfe;

  // `universe`: no number is this or above.
  explicit LevelMap(keys::EntityNumber universe);

  uint8_t Get(keys::EntityNumber entity) const {
    if (!dense_.empty()) return dense_[entity];
    const auto it = sparse_.find(entity);
    return it == sparse_.end() ? kNone : it->second;
  }
  void Set(keys::EntityNumber entity, uint8_t level);

 private:
  void MakeDense();

  const keys::EntityNumber universe_;
  absl::flat_hash_map<keys::EntityNumber, uint8_t> sparse_;
  std::vector<uint8_t> dense_;  // empty while sparse
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_LEVEL_MAP_H_
