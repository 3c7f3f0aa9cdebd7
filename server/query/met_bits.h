#ifndef LABGRAPH_SERVER_QUERY_MET_BITS_H_
#define LABGRAPH_SERVER_QUERY_MET_BITS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "server/graph/edge_run.h"
#include "server/keys/keys.h"

namespace labgraph::query {

// The entities that a walk met, in the order in which it met them and as a bitmap, which
// walks use one after another. Not thread-safe.
class MetBits {
 public:
  // `universe`: no number is this or above.
  explicit MetBits(keys::EntityNumber universe);
  ~MetBits();
  MetBits(const MetBits&) = delete;
  MetBits& operator=(const MetBits&) = delete;

  bool Contains(graph::Neighbor entity) const {
    return (words_[entity / 64] >> (entity % 64) & 1) != 0;
  }
  void Add(graph::Neighbor entity) { AddAll(&entity, 1); }

  // Adds those that are new.
  void AddAll(const graph::Neighbor* entities, size_t count) {
    AddSome(
        count, [&](size_t i) { return entities[i]; }, [](size_t) { return true; });
  }
  // Those of them whose facet passes; `passes` is by facet number.
  void AddPassing(const graph::EdgeRun& run, const uint8_t* passes) {
    AddSome(
        run.size, [&](size_t i) { return run.neighbors[i]; },
        [&](size_t i) { return passes[run.facets[i]] != 0; });
  }

  // How many there are, and those from the `first` on, valid until more are added.
  size_t size() const { return size_; }
  absl::Span<const graph::Neighbor> From(size_t first) const {
    return {met_.data() + first, size_ - first};
  }
  // Puts those from the `first` on in ascending order.
  void SortFrom(size_t first);

 private:
  // The inner loop of every counting walk: no branch that depends on what is met.
  template <typename EntityAt, typename Passes>
  void AddSome(size_t count, EntityAt entity_at, Passes passes) {
    if (met_.size() < size_ + count) met_.resize((size_ + count) * 2);
    uint64_t* const words = words_.data();
    graph::Neighbor* const met = met_.data();
    size_t size = size_;
    for (size_t i = 0; i < count; ++i) {
      if (!passes(i)) continue;
      const graph::Neighbor entity = entity_at(i);
      uint64_t& word = words[entity / 64];
      const uint64_t bit = uint64_t{1} << (entity % 64);
      met[size] = entity;
      size += (word & bit) == 0;
      word |= bit;
    }
    size_ = size;
  }

  const keys::EntityNumber universe_;
  std::vector<uint64_t> words_;
  std::vector<graph::Neighbor> met_;  // of size_; the rest is room
  size_t size_ = 0;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_MET_BITS_H_
