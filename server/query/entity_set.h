#ifndef LABGRAPH_SERVER_QUERY_ENTITY_SET_H_
#define LABGRAPH_SERVER_QUERY_ENTITY_SET_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "server/keys/keys.h"

namespace labgraph::query {

// A set of entities that only grows: a hash set while it is sparse among all entities,
// then a bitmap. Not thread-safe.
class EntitySet {
 public:
  // `universe`: no number is this or above.
  explicit EntitySet(keys::EntityNumber universe);

  // Whether it was not in the set.
  bool Insert(keys::EntityNumber entity) {
    if (bits_.empty()) return InsertSparse(entity);
    uint64_t& word = bits_[entity / 64];
    const uint64_t bit = uint64_t{1} << (entity % 64);
    if ((word & bit) != 0) return false;
    word |= bit;
    return true;
  }
  bool Contains(keys::EntityNumber entity) const {
    if (bits_.empty()) return sparse_.contains(entity);
    return (bits_[entity / 64] >> (entity % 64) & 1) != 0;
  }

 private:
  bool InsertSparse(keys::EntityNumber entity);
  void MakeDense();

  const keys::EntityNumber universe_;
  absl::flat_hash_set<keys::EntityNumber> sparse_;
  std::vector<uint64_t> bits_;  // empty while sparse
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_ENTITY_SET_H_
