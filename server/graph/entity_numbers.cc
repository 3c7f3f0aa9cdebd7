#include "server/graph/entity_numbers.h"

#include <cstring>

namespace labgraph::graph {
namespace {

// In each half; 64 MB when full.
constexpr size_t kMaxEntities = 900000;

}  // namespace

EntityNumbers::Id::Id(absl::string_view id) : size(static_cast<uint8_t>(id.size())) {
  std::memcpy(bytes, id.data(), id.size());
}

absl::optional<EntityRef> EntityNumbers::Find(absl::string_view id) {
  if (const auto it = newer_.find(id); it != newer_.end()) return it->second;
  const auto it = older_.find(id);
  if (it == older_.end()) return absl::nullopt;
  const EntityRef entity = it->second;
  Add(id, entity);
  return entity;
}

void EntityNumbers::Add(absl::string_view id, const EntityRef& entity) {
  if (entity.number >= next_ || id.size() > Id::kMaxBytes) return;
  if (newer_.size() >= kMaxEntities) older_ = std::exchange(newer_, Entities());
  newer_.emplace(Id(id), entity);
}

void EntityNumbers::Remove(absl::string_view id) {
  if (const auto it = newer_.find(id); it != newer_.end()) newer_.erase(it);
  if (const auto it = older_.find(id); it != older_.end()) older_.erase(it);
}

void EntityNumbers::Clear() {
  newer_.clear();
  older_.clear();
}

}  // namespace labgraph::graph
