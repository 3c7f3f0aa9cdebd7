#include "server/graph/entity_numbers.h"

#include <utility>

namespace labgraph::graph {
namespace {

// In each half; about 50 MB for ids of 20 bytes.
constexpr size_t kMaxNumbers = 1 << 19;

}  // namespace

absl::optional<keys::EntityNumber> EntityNumbers::Find(absl::string_view id) {
  if (const auto it = newer_.find(id); it != newer_.end()) return it->second;
  const auto it = older_.find(id);
  if (it == older_.end()) return absl::nullopt;
  const keys::EntityNumber number = it->second;
  Add(id, number);
  return number;
}

void EntityNumbers::Add(absl::string_view id, keys::EntityNumber number) {
  if (number >= next_) return;
  if (newer_.size() >= kMaxNumbers) older_ = std::exchange(newer_, Numbers());
  newer_.emplace(id, number);
}

void EntityNumbers::Remove(absl::string_view id) {
  newer_.erase(id);
  older_.erase(id);
}

void EntityNumbers::Clear() {
  newer_.clear();
  older_.clear();
}

}  // namespace labgraph::graph
