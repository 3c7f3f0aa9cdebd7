#include <algorithm>
#include <memory>
#include <vector>

#include "bench/csr_search.h"
#include "bench/rows/rows.h"

namespace labgraph::bench {
namespace {

constexpr uint32_t kHops = 3;
constexpr size_t kStarts = 21;

// Of some random nodes the one from which a middling number of edges is met.
uint32_t MiddlingStart(const Subject& subject) {
  HopSearch search(subject.out);
  std::vector<uint32_t> starts = subject.Starts(kStarts);
  const auto middle = starts.begin() + kStarts / 2;
  std::nth_element(starts.begin(), middle, starts.end(), [&](uint32_t a, uint32_t b) {
    return search.Count(a, kHops).edges < search.Count(b, kHops).edges;
  });
  return *middle;
}

void MeasureFirstTouch(const Bench& bench, const Subject& subject, Engine& engine) {
  const uint32_t start = MiddlingStart(subject);
  const Engine::HopWalk warm = engine.PlanHops(start, kHops, "");
  std::unique_ptr<adjacency::Cache> empty;
  Engine::HopWalk cold;
  const auto forget = [&] {
    cold = nullptr;  // it reads from the memory that goes
    empty = Engine::NewCache();
    cold = engine.PlanHops(start, kHops, "", empty.get());
  };
  forget();
  bench.report.Expect("edges at first touch", warm().edges, cold().edges);
  bench.report.AddRatio({"7", "3-hop count at first touch / warm", subject.name,
                         "edges/s", Goal::AtLeast(1.0 / 25)},
                        Contest(bench.options.effort, {[&] { return warm().edges; }},
                                {[&] { return cold().edges; }, forget}));
}

}  // namespace

void MeasureMemory(const Bench& bench, const Subject& subject, Engine& engine) {
  if (bench.options.Wants("7")) MeasureFirstTouch(bench, subject, engine);
  if (!bench.options.Wants("10")) return;
  const std::unique_ptr<adjacency::Cache> edges = Engine::NewCache();
  const size_t before = edges->stats().bytes;
  engine.Fill(edges.get());
  const double entries = 2.0 * static_cast<double>(subject.graph.edges.size());
  bench.report.AddValues(
      {"10", "memory of an edge and direction", subject.name, "bytes", Goal::AtMost(24)},
      {static_cast<double>(edges->stats().bytes - before) / entries});
}

}  // namespace labgraph::bench
