#include "bench/csr_search.h"

#include <algorithm>

namespace labgraph::bench {
namespace {

using Neighbors = absl::Span<const uint32_t>;

// From this ratio of lengths on, looking up each of the few beats reading all of the
// many.
constexpr size_t kLookUpRatio = 32;

uint64_t CountByLookUp(Neighbors few, Neighbors many) {
  uint64_t common = 0;
  const uint32_t* from = many.begin();
  for (const uint32_t node : few) {
    from = std::lower_bound(from, many.end(), node);
    if (from == many.end()) break;
    common += static_cast<uint64_t>(*from == node);
  }
  return common;
}

uint64_t CountByMerge(Neighbors a, Neighbors b) {
  uint64_t common = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const uint32_t x = a[i];
    const uint32_t y = b[j];
    common += static_cast<uint64_t>(x == y);
    i += static_cast<size_t>(x <= y);
    j += static_cast<size_t>(y <= x);
  }
  return common;
}

uint64_t CountCommon(Neighbors a, Neighbors b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() * kLookUpRatio < b.size()) return CountByLookUp(a, b);
  return CountByMerge(a, b);
}

}  // namespace

HopSearch::HopSearch(const Csr& csr)
    : csr_(csr), met_(csr.nodes() / 64 + 1), queue_(csr.nodes()) {}

void HopSearch::Meet(uint32_t node) {
  uint64_t& word = met_[node / 64];
  const uint64_t bit = uint64_t{1} << (node % 64);
  if ((word & bit) != 0) return;
  word |= bit;
  queue_[queued_++] = node;
}

HopCount HopSearch::Count(uint32_t start, uint32_t hops) {
  HopCount count;
  queued_ = 0;
  Meet(start);
  size_t next = 0;
  for (uint32_t hop = 0; hop < hops; ++hop) {
    const size_t level_end = queued_;
    for (; next < level_end; ++next) {
      const Neighbors neighbors = csr_.Of(queue_[next]);
      count.edges += neighbors.size();
      for (const uint32_t node : neighbors) Meet(node);
    }
  }
  count.nodes = queued_ - 1;
  expanded_ = next;
  for (size_t i = 0; i < queued_; ++i) met_[queue_[i] / 64] = 0;
  return count;
}

PathSearch::Side::Side(const Csr& csr) : csr(csr), marks(csr.nodes()) {
  frontier.reserve(csr.nodes());
  next.reserve(csr.nodes());
}

void PathSearch::Side::Start(uint32_t node, uint32_t call) {
  frontier.assign(1, node);
  marks[node] = call;
  depth = 0;
}

uint64_t PathSearch::Side::FrontierEdges() const {
  uint64_t edges = 0;
  for (const uint32_t node : frontier) edges += csr.Of(node).size();
  return edges;
}

PathSearch::PathSearch(const Csr& out, const Csr& in) : forward_(out), backward_(in) {}

bool PathSearch::Advance(Side& side, const Side& other) {
  side.next.clear();
  ++side.depth;
  for (const uint32_t node : side.frontier) {
    for (const uint32_t neighbor : side.csr.Of(node)) {
      if (other.marks[neighbor] == call_) return true;
      if (side.marks[neighbor] == call_) continue;
      side.marks[neighbor] = call_;
      side.next.push_back(neighbor);
    }
  }
  side.frontier.swap(side.next);
  return false;
}

int PathSearch::Hops(uint32_t from, uint32_t to) {
  if (from == to) return 0;
  ++call_;
  forward_.Start(from, call_);
  backward_.Start(to, call_);
  while (!forward_.frontier.empty() && !backward_.frontier.empty()) {
    const bool go_forward = forward_.FrontierEdges() <= backward_.FrontierEdges();
    Side& side = go_forward ? forward_ : backward_;
    if (Advance(side, go_forward ? backward_ : forward_)) {
      return forward_.depth + backward_.depth;
    }
  }
  return -1;
}

uint64_t CountTriangles(const Csr& out) {
  uint64_t triangles = 0;
  for (uint32_t a = 0; a < out.nodes(); ++a) {
    const Neighbors of_a = out.Of(a);
    for (const uint32_t b : of_a) triangles += CountCommon(of_a, out.Of(b));
  }
  return triangles;
}

}  // namespace labgraph::bench
