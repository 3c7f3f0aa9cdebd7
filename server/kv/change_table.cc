#include "server/kv/change_table.h"

#include <algorithm>
#include <cstring>

namespace labgraph::kv {
namespace {

// The first eight bytes of a key as a number in the keys' order; shorter keys are filled
// up with zeros.
uint64_t Front(absl::string_view key) {
  char bytes[sizeof(uint64_t)] = {};
  std::memcpy(bytes, key.data(), std::min(key.size(), sizeof(bytes)));
  uint64_t front = 0;
  for (const char byte : bytes) front = front << 8 | static_cast<uint8_t>(byte);
  return front;
}

// A key's place with its front, so that most comparisons need not go to the key.
struct Place {
  uint64_t front;
  ChangeTable::Index index;
};

}  // namespace

absl::optional<ChangeTable::Index> ChangeTable::Find(absl::string_view key) const {
  if (changes_.empty()) return absl::nullopt;
  if (!hashed_) {
    by_key_.reserve(changes_.size());
    for (Index i = 0; i < changes_.size(); ++i) by_key_.emplace(changes_[i].key, i);
    hashed_ = true;
  }
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return absl::nullopt;
  return found->second;
}

ChangeTable::Index ChangeTable::Append(const Change& change) {
  ++version_;
  const auto index = static_cast<Index>(changes_.size());
  changes_.push_back(change);
  if (hashed_) by_key_.emplace(change.key, index);
  if (ordered_) order_.emplace_hint(order_.end(), change.key, index);
  return index;
}

void ChangeTable::RemoveLast() {
  ++version_;
  if (hashed_) by_key_.erase(changes_.back().key);
  if (ordered_) order_.erase(changes_.back().key);
  changes_.pop_back();
}

const ChangeTable::Order& ChangeTable::order() const {
  if (!ordered_) {
    for (const Index index : Sorted()) {
      order_.emplace_hint(order_.end(), changes_[index].key, index);
    }
    ordered_ = true;
  }
  return order_;
}

std::vector<ChangeTable::Index> ChangeTable::Sorted() const {
  std::vector<Index> sorted;
  sorted.reserve(changes_.size());
  if (ordered_) {
    for (const auto& [key, index] : order_) sorted.push_back(index);
    return sorted;
  }
  std::vector<Place> places;
  places.reserve(changes_.size());
  for (Index i = 0; i < changes_.size(); ++i)
    places.push_back({Front(changes_[i].key), i});
  const auto before = [this](const Place& a, const Place& b) {
    if (a.front != b.front) return a.front < b.front;
    return changes_[a.index].key < changes_[b.index].key;
  };
  if (!std::is_sorted(places.begin(), places.end(), before)) {
    std::sort(places.begin(), places.end(), before);
  }
  for (const Place& place : places) sorted.push_back(place.index);
  return sorted;
}

}  // namespace labgraph::kv
