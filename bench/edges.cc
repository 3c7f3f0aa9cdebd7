#include "bench/edges.h"

#include <fstream>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "bench/random.h"

namespace labgraph::bench {
namespace {

constexpr uint64_t kSeed = 20220701;

// Shares of the quadrants (from low, to low), (low, high) and (high, low) in 2^16.
constexpr uint32_t kA = static_cast<uint32_t>(0.57 * 65536);
constexpr uint32_t kB = kA + static_cast<uint32_t>(0.19 * 65536);
constexpr uint32_t kC = kB + static_cast<uint32_t>(0.19 * 65536);
// Levels that one draw of 64 bits decides.
constexpr int kLevelsOfDraw = 4;

// Statements that name one document as their source.
constexpr size_t kStatementsOfDocument = 1000;

Edge DrawEdge(int scale, Random& random) {
  Edge edge = {0, 0};
  uint64_t bits = 0;
  for (int level = 0; level < scale; ++level) {
    if (level % kLevelsOfDraw == 0) bits = random.Bits();
    const auto draw = static_cast<uint32_t>(bits & 0xffff);
    bits >>= 16;
    const bool from_high = draw >= kB;
    const bool to_high = draw >= kC || (draw >= kA && draw < kB);
    edge.from = edge.from << 1 | static_cast<uint32_t>(from_high);
    edge.to = edge.to << 1 | static_cast<uint32_t>(to_high);
  }
  return edge;
}

// A random order of 0 to count - 1.
std::vector<uint32_t> Shuffled(uint32_t count, Random& random) {
  std::vector<uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  for (uint32_t i = count; i > 1; --i) std::swap(order[i - 1], order[random.Below(i)]);
  return order;
}

}  // namespace

EdgeList MakeRmat(int scale, uint32_t count) {
  Random random(kSeed);
  EdgeList graph;
  graph.nodes = uint32_t{1} << scale;
  const std::vector<uint32_t> number = Shuffled(graph.nodes, random);
  absl::flat_hash_set<uint64_t> known;
  known.reserve(count);
  graph.edges.reserve(count);
  while (graph.edges.size() < count) {
    const Edge edge = DrawEdge(scale, random);
    if (edge.from == edge.to) continue;
    if (!known.insert(uint64_t{edge.from} << 32 | edge.to).second) continue;
    graph.edges.push_back({number[edge.from], number[edge.to]});
  }
  return graph;
}

absl::StatusOr<EdgeList> ReadEdgeFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("There is no file ", path));
  EdgeList graph;
  std::string line;
  while (std::getline(file, line)) {
    const std::vector<absl::string_view> fields = absl::StrSplit(line, ' ');
    uint32_t from = 0;
    uint32_t to = 0;
    if (fields.size() < 2 || !absl::SimpleAtoi(fields[0], &from) ||
        !absl::SimpleAtoi(fields[1], &to) || from == 0 || to == 0) {
      return absl::DataLossError(absl::StrCat(path, ": \"", line, "\" is no edge"));
    }
    graph.edges.push_back({from - 1, to - 1});
    graph.nodes = std::max({graph.nodes, from, to});
  }
  return graph;
}

EdgeList StillHolding(const EdgeList& graph) {
  EdgeList holding;
  holding.nodes = graph.nodes;
  for (size_t i = 0; i < graph.edges.size(); ++i) {
    if (!EndedEarly(i)) holding.edges.push_back(graph.edges[i]);
  }
  return holding;
}

std::string NodeId(uint32_t node) { return absl::StrFormat("node/%015d", node); }

std::string DocumentId(size_t statement) {
  return absl::StrFormat("document/%011d", statement / kStatementsOfDocument);
}

std::string StatementId(size_t statement) { return absl::StrFormat("e%019d", statement); }

}  // namespace labgraph::bench
