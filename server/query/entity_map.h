#ifndef LABGRAPH_SERVER_QUERY_ENTITY_MAP_H_
#define LABGRAPH_SERVER_QUERY_ENTITY_MAP_H_

#include <cstddef>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/graph/edge_run.h"
#include "server/keys/keys.h"

namespace labgraph::query {

// Something small about each of some entities; T() stands for nothing known. A hash map
// while it is sparse among all entities, then an array. Not thread-safe.
template <typename T>
class EntityMap {
 public:
  // `universe`: no number is this or above.
  explicit EntityMap(keys::EntityNumber universe) : universe_(universe) {}

  T Get(graph::Neighbor entity) const {
    if (!dense_.empty()) return dense_[entity];
    const auto it = sparse_.find(entity);
    return it == sparse_.end() ? T() : it->second;
  }

  void Set(graph::Neighbor entity, T value) {
    if (!dense_.empty()) {
      dense_[entity] = value;
      return;
    }
    sparse_[entity] = value;
    if (sparse_.size() >= universe_ / kSparseShare) MakeDense();
  }

 private:
  // A hash map is no smaller from one entity in some twenty on, and slower.
  static constexpr keys::EntityNumber kSparseShare = 20;

  void MakeDense() {
    dense_.resize(universe_);
    for (const auto& [entity, value] : sparse_) dense_[entity] = value;
    absl::flat_hash_map<graph::Neighbor, T>().swap(sparse_);
  }

  const keys::EntityNumber universe_;
  absl::flat_hash_map<graph::Neighbor, T> sparse_;
  std::vector<T> dense_;  // empty while sparse
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_ENTITY_MAP_H_
