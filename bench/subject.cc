#include "bench/subject.h"

#include "bench/random.h"

namespace labgraph::bench {
namespace {

constexpr uint64_t kSeedOfStarts = 1;
constexpr uint64_t kSeedOfEnds = 2;

std::vector<uint32_t> NodesWithEdges(const Csr& csr, size_t count, uint64_t seed) {
  Random random(seed);
  std::vector<uint32_t> nodes;
  while (nodes.size() < count) {
    const uint32_t node = random.Below(csr.nodes());
    if (!csr.Of(node).empty()) nodes.push_back(node);
  }
  return nodes;
}

}  // namespace

Subject::Subject(std::string name, EdgeList list, std::string scratch)
    : name(std::move(name)),
      graph(std::move(list)),
      out(MakeCsr(graph, Along::kOut)),
      in(MakeCsr(graph, Along::kIn)),
      files(scratch + "/" + this->name + "/files"),
      data(scratch + "/" + this->name + "/data") {}

std::vector<uint32_t> Subject::Starts(size_t count) const {
  return NodesWithEdges(out, count, kSeedOfStarts);
}

std::vector<uint32_t> Subject::Ends(size_t count) const {
  return NodesWithEdges(in, count, kSeedOfEnds);
}

std::vector<uint32_t> Subject::NodesOfDegree(size_t degree) const {
  std::vector<uint32_t> nodes;
  for (uint32_t node = 0; node < graph.nodes; ++node) {
    if (out.Of(node).size() == degree) nodes.push_back(node);
  }
  return nodes;
}

}  // namespace labgraph::bench
