#ifndef LABGRAPH_BENCH_EDGES_H_
#define LABGRAPH_BENCH_EDGES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace labgraph::bench {

struct Edge {
  uint32_t from;
  uint32_t to;
};

// A directed graph over the nodes 0 to `nodes` - 1, each edge once, in the order in which
// it is loaded.
struct EdgeList {
  uint32_t nodes = 0;
  std::vector<Edge> edges;
};

// A power-law graph of `count` edges between 2^scale nodes, no two alike and none from a
// node to itself: R-MAT with a = 0.57, b = c = 0.19, d = 0.05, nodes renumbered at
// random. The same for the same arguments. REQUIRES: count is far below 4^scale.
EdgeList MakeRmat(int scale, uint32_t count);

// The edges of a Graphalytics file, "from to weight" a line with nodes from 1 on; node v
// becomes v - 1. Errors: NOT_FOUND, DATA_LOSS for a line of another form.
absl::StatusOr<EdgeList> ReadEdgeFile(const std::string& path);

// Facts about the i-th statement of a graph, which the loaded files and the plain arrays
// share. Every tenth held until 2019 only, and every other tenth has a visibility of its
// own; both make facets that a walk has to judge.
inline constexpr uint32_t kFacetPeriod = 10;
inline constexpr char kDayAfterAll[] = "2024-01-01";
inline bool EndedEarly(size_t statement) { return statement % kFacetPeriod == 0; }
inline bool IsRestricted(size_t statement) {
  return statement % kFacetPeriod == kFacetPeriod / 2;
}

// The edges that hold on kDayAfterAll.
EdgeList StillHolding(const EdgeList& graph);

// Ids of 20 characters.
std::string NodeId(uint32_t node);
std::string DocumentId(size_t statement);
std::string StatementId(size_t statement);

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_EDGES_H_
