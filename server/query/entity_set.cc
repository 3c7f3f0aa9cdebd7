#include "server/query/entity_set.h"

namespace labgraph::query {
namespace {

// A bitmap of this many entities costs no more than a few hash table entries.
constexpr keys::EntityNumber kSmallUniverse = 1 << 16;
// A hash set takes some 16 bytes an entry: from one entity in 128 on, bits are smaller.
constexpr keys::EntityNumber kBitsPerEntry = 128;

}  // namespace

EntitySet::EntitySet(keys::EntityNumber universe) : universe_(universe) {
  if (universe <= kSmallUniverse) MakeDense();
}

bool EntitySet::InsertSparse(keys::EntityNumber entity) {
  if (!sparse_.insert(entity).second) return false;
  if (sparse_.size() >= universe_ / kBitsPerEntry) MakeDense();
  return true;
}

void EntitySet::MakeDense() {
  bits_.assign(universe_ / 64 + 1, 0);
  for (const keys::EntityNumber entity : sparse_) {
    bits_[entity / 64] |= uint64_t{1} << (entity % 64);
  }
  absl::flat_hash_set<keys::EntityNumber>().swap(sparse_);
}

}  // namespace labgraph::query
