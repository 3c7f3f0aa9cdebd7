#include "server/query/level_map.h"

namespace labgraph::query {
namespace {

// Bytes for this many entities cost no more than a few hash table entries.
constexpr keys::EntityNumber kSmallUniverse = 1 << 14;
// A hash map takes some 32 bytes an entry: from one entity in 32 on, bytes are smaller.
constexpr keys::EntityNumber kBytesPerEntry = 32;

}  // namespace

LevelMap::LevelMap(keys::EntityNumber universe) : universe_(universe) {
  if (universe <= kSmallUniverse) MakeDense();
}

void LevelMap::Set(keys::EntityNumber entity, uint8_t level) {
  if (!dense_.empty()) {
    dense_[entity] = level;
    return;
  }
  sparse_[entity] = level;
  if (sparse_.size() >= universe_ / kBytesPerEntry) MakeDense();
}

void LevelMap::MakeDense() {
  dense_.assign(universe_ + 1, kNone);
  for (const auto& [entity, level] : sparse_) dense_[entity] = level;
  absl::flat_hash_map<keys::EntityNumber, uint8_t>().swap(sparse_);
}

}  // namespace labgraph::query
