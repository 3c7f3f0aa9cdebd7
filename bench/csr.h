#ifndef LABGRAPH_BENCH_CSR_H_
#define LABGRAPH_BENCH_CSR_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "bench/edges.h"

namespace labgraph::bench {

// The neighbours of every node in one array (compressed sparse rows), those of a node
// ascending. The leanest form in which a graph can be walked.
struct Csr {
  std::vector<uint32_t> offsets;  // nodes + 1
  std::vector<uint32_t> targets;

  uint32_t nodes() const { return static_cast<uint32_t>(offsets.size() - 1); }
  absl::Span<const uint32_t> Of(uint32_t node) const {
    return {targets.data() + offsets[node], offsets[node + 1] - offsets[node]};
  }
};

enum class Along { kOut, kIn };
Csr MakeCsr(const EdgeList& graph, Along along);

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_CSR_H_
