#include "bench/subject.h"

#include "bench/random.h"

namespace labgraph::bench {
namespace {

constexpr uint64_t kSeed = 1;

}  // namespace

Subject::Subject(std::string name, EdgeList list, std::string scratch)
    : name(std::move(name)),
      graph(std::move(list)),
      out(MakeCsr(graph, Along::kOut)),
      in(MakeCsr(graph, Along::kIn)),
      files(scratch + "/" + this->name + "/files"),
      data(scratch + "/" + this->name + "/data") {}

std::vector<uint32_t> Subject::Starts(size_t count) const {
  Random random(kSeed);
  std::vector<uint32_t> starts;
  while (starts.size() < count) {
    const uint32_t node = random.Below(graph.nodes);
    if (!out.Of(node).empty()) starts.push_back(node);
  }
  return starts;
}

std::vector<uint32_t> Subject::NodesOfDegree(size_t degree) const {
  std::vector<uint32_t> nodes;
  for (uint32_t node = 0; node < graph.nodes; ++node) {
    if (out.Of(node).size() == degree) nodes.push_back(node);
  }
  return nodes;
}

}  // namespace labgraph::bench
