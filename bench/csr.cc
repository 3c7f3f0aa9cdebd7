#include "bench/csr.h"

#include <algorithm>
#include <utility>

namespace labgraph::bench {

Csr MakeCsr(const EdgeList& graph, Along along) {
  const auto from = [along](const Edge& e) {
    return along == Along::kOut ? e.from : e.to;
  };
  const auto to = [along](const Edge& e) { return along == Along::kOut ? e.to : e.from; };
  Csr csr;
  csr.offsets.assign(graph.nodes + 1, 0);
  for (const Edge& edge : graph.edges) ++csr.offsets[from(edge) + 1];
  for (uint32_t i = 0; i < graph.nodes; ++i) csr.offsets[i + 1] += csr.offsets[i];
  csr.targets.resize(graph.edges.size());
  std::vector<uint32_t> next(csr.offsets.begin(), csr.offsets.end() - 1);
  for (const Edge& edge : graph.edges) csr.targets[next[from(edge)]++] = to(edge);
  for (uint32_t i = 0; i < graph.nodes; ++i) {
    std::sort(csr.targets.begin() + csr.offsets[i],
              csr.targets.begin() + csr.offsets[i + 1]);
  }
  return csr;
}

}  // namespace labgraph::bench
