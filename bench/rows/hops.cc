#include <string>
#include <vector>

#include "bench/csr_search.h"
#include "bench/rows/rows.h"

namespace labgraph::bench {
namespace {

// Walks of a pass: this many, or fewer that look at so many edges together.
constexpr size_t kMaxStarts = 200;
constexpr uint64_t kEdgesOfPass = 5'000'000;

std::vector<uint32_t> StartsOfPass(const Subject& subject, uint32_t hops) {
  HopSearch search(subject.out);
  std::vector<uint32_t> starts;
  uint64_t edges = 0;
  for (const uint32_t start : subject.Starts(kMaxStarts)) {
    starts.push_back(start);
    edges += search.Count(start, hops).edges;
    if (edges >= kEdgesOfPass) break;
  }
  return starts;
}

// Edges that a walk looks at which expands these nodes.
uint64_t EdgesOf(const Csr& csr, absl::Span<const uint32_t> nodes) {
  uint64_t edges = 0;
  for (const uint32_t node : nodes) edges += csr.Of(node).size();
  return edges;
}

// Walks of so many hops on one day, by `edges` those of that day.
void Measure(const Bench& bench, const Subject& subject, Engine& engine, const Csr& edges,
             const std::string& day, uint32_t hops, const Topic& topic) {
  const std::vector<uint32_t> starts = StartsOfPass(subject, hops);
  HopSearch search(edges);
  for (const uint32_t start : starts) {
    HopCount expected = search.Count(start, hops);
    expected.edges = EdgesOf(subject.out, search.expanded());
    const HopCount got = engine.CountHops(start, hops, day);
    bench.report.Expect(topic.what + ": nodes", expected.nodes, got.nodes);
    bench.report.Expect(topic.what + ": edges", expected.edges, got.edges);
  }
  const auto pass = [&starts](auto count) {
    return Contender{[&starts, count] {
      uint64_t looked_at = 0;
      for (const uint32_t start : starts) looked_at += count(start).edges;
      return looked_at;
    }};
  };
  bench.report.AddRatio(
      topic,
      Contest(bench.options.effort,
              pass([&](uint32_t start) { return search.Count(start, hops); }),
              pass([&](uint32_t start) { return engine.CountHops(start, hops, day); })));
}

}  // namespace

void MeasureHops(const Bench& bench, const Subject& subject, Engine& engine) {
  for (const uint32_t hops : {2, 3, 4}) {
    if (!bench.options.Wants("2")) break;
    Measure(bench, subject, engine, subject.out, "", hops,
            {"2", absl::StrCat(hops, "-hop count / CSR search"), subject.name, "edges/s",
             Goal::AtLeast(0.5)});
  }
  if (!bench.options.Wants("3")) return;
  const Csr holding = MakeCsr(StillHolding(subject.graph), Along::kOut);
  for (const uint32_t hops : {2, 3, 4}) {
    Measure(bench, subject, engine, holding, kDayAfterAll, hops,
            {"3", absl::StrCat(hops, "-hop count on a day / CSR search"), subject.name,
             "edges/s", Goal::AtLeast(0.4)});
  }
}

}  // namespace labgraph::bench
