#include "server/query/neighbor_collector.h"

#include <algorithm>

namespace labgraph::query {

using graph::EdgeRun;
using graph::Neighbor;

Neighbor* NeighborCollector::AddAll(const EdgeRun& run, Neighbor* end) {
  if (!verdicts_.Passes(run.facet)) return end;
  std::copy(run.neighbors, run.neighbors + run.size, end);
  bool repeated = false;
  for (size_t i = 1; i < run.size; ++i) {
    repeated |= run.neighbors[i] == run.neighbors[i - 1];
  }
  end += run.size;
  return repeated ? std::unique(end - run.size, end) : end;
}

Neighbor* NeighborCollector::AddSome(const EdgeRun& run, Neighbor* end) {
  const uint8_t* const passes = verdicts_.PassesAll(run.facets, run.size);
  // A neighbour that comes again is written over itself.
  Neighbor last = 0;
  for (size_t i = 0; i < run.size; ++i) {
    if (passes[run.facets[i]] == 0) continue;
    const Neighbor neighbor = run.neighbors[i];
    end += neighbor != last;
    end[-1] = neighbor;
    last = neighbor;
  }
  return end;
}

void NeighborCollector::Add(const EdgeRun& run) {
  if (storage_.size() < size_ + run.size) {
    storage_.resize(std::max(size_ + run.size, 2 * storage_.size()));
  }
  Neighbor* const begin = storage_.data() + size_;
  Neighbor* const end = run.facets == nullptr ? AddAll(run, begin) : AddSome(run, begin);
  if (end == begin) return;
  // A run of another predicate or direction begins anew; one that goes on may repeat the
  // last neighbour.
  if (size_ > 0 && begin[0] <= begin[-1]) sorted_ = false;
  size_ = static_cast<size_t>(end - storage_.data());
}

SortedList NeighborCollector::Finish() {
  Neighbor* const begin = storage_.data();
  if (!sorted_) {
    std::sort(begin, begin + size_);
    size_ = static_cast<size_t>(std::unique(begin, begin + size_) - begin);
  }
  return {begin, size_};
}

}  // namespace labgraph::query
