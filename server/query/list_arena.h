#ifndef LABGRAPH_SERVER_QUERY_LIST_ARENA_H_
#define LABGRAPH_SERVER_QUERY_LIST_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/types/optional.h"
#include "server/query/sorted_lists.h"

namespace labgraph::query {

// Room for the lists that one request keeps, all in one piece whose pages are only used
// as they fill. Not thread-safe.
class ListArena {
 public:
  // Of lists that one request keeps.
  static constexpr size_t kMaxBytes = size_t{64} << 20;

  explicit ListArena(size_t max_bytes = kMaxBytes)
      : capacity_(max_bytes / sizeof(graph::Neighbor)) {}

  // Where a copy of the list begins; nullopt when there is no room.
  absl::optional<uint32_t> Keep(SortedList list) {
    if (list.size() > capacity_ - size_) return absl::nullopt;
    if (memory_ == nullptr) memory_.reset(new graph::Neighbor[capacity_]);
    const size_t first = size_;
    std::copy(list.begin(), list.end(), memory_.get() + first);
    size_ += list.size();
    return static_cast<uint32_t>(first);
  }
  // A list that was kept; lives as long as the arena.
  SortedList Get(uint32_t first, size_t size) const {
    return SortedList(memory_.get() + first, size);
  }

 private:
  const size_t capacity_;
  size_t size_ = 0;
  std::unique_ptr<graph::Neighbor[]> memory_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_LIST_ARENA_H_
