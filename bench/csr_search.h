#ifndef LABGRAPH_BENCH_CSR_SEARCH_H_
#define LABGRAPH_BENCH_CSR_SEARCH_H_

#include <cstdint>
#include <vector>

#include "bench/csr.h"

namespace labgraph::bench {

// The searches that the engine is measured against: one thread, plain arrays, nothing
// allocated once they run. Not thread-safe; the arrays must outlive them.

// What a walk of some hops met.
struct HopCount {
  uint64_t nodes = 0;  // distinct, without the start
  uint64_t edges = 0;  // looked at
  friend bool operator==(const HopCount&, const HopCount&) = default;
};

// Breadth-first search over a bitmap.
class HopSearch {
 public:
  explicit HopSearch(const Csr& csr);

  HopCount Count(uint32_t start, uint32_t hops);
  // The nodes whose edges the last Count looked at; until the next.
  absl::Span<const uint32_t> expanded() const { return {queue_.data(), expanded_}; }

 private:
  void Meet(uint32_t node);

  const Csr& csr_;
  std::vector<uint64_t> met_;    // a bit per node; all clear between calls
  std::vector<uint32_t> queue_;  // nodes met, in order
  size_t queued_ = 0;
  size_t expanded_ = 0;
};

// Breadth-first search from both ends, the smaller frontier first.
class PathSearch {
 public:
  // `in` has the edges of `out`, turned round.
  PathSearch(const Csr& out, const Csr& in);

  // Hops of a shortest path; -1 where there is none.
  int Hops(uint32_t from, uint32_t to);

 private:
  // One end of the search. Marks are the number of the call, so nothing is cleared.
  struct Side {
    explicit Side(const Csr& csr);
    void Start(uint32_t node, uint32_t call);
    // Work that the next level takes.
    uint64_t FrontierEdges() const;

    const Csr& csr;
    std::vector<uint32_t> marks;
    std::vector<uint32_t> frontier;
    std::vector<uint32_t> next;
    int depth = 0;
  };

  // Goes one level further; true when it met the other side.
  bool Advance(Side& side, const Side& other);

  Side forward_;
  Side backward_;
  uint32_t call_ = 0;
};

// How often a -> b, b -> c and a -> c, by intersecting ascending neighbours.
uint64_t CountTriangles(const Csr& out);

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_CSR_SEARCH_H_
