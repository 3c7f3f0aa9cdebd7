#include <vector>

#include "bench/csr_search.h"
#include "bench/rows/rows.h"

namespace labgraph::bench {
namespace {

constexpr size_t kPairs = 200;

// Finds all the paths.
template <typename Find>
Contender FindAll(Find find) {
  return {[find] {
    for (size_t i = 0; i < kPairs; ++i) find(i);
    return uint64_t{kPairs};
  }};
}

}  // namespace

void MeasurePaths(const Bench& bench, const Subject& subject, Engine& engine) {
  if (!bench.options.Wants("4")) return;
  const std::vector<uint32_t> from = subject.Starts(kPairs);
  const std::vector<uint32_t> to = subject.Ends(kPairs);
  PathSearch search(subject.out, subject.in);
  std::vector<Engine::PathWalk> walks;
  for (size_t i = 0; i < kPairs; ++i) {
    walks.push_back(engine.PlanPath(from[i], to[i]));
    bench.report.Expect(absl::StrCat("path ", NodeId(from[i]), " to ", NodeId(to[i])),
                        search.Hops(from[i], to[i]), walks.back()());
  }
  bench.report.AddRatio({"4", "shortest path / bidirectional CSR search", subject.name,
                         "paths/s", Goal::AtLeast(0.5)},
                        Contest(bench.options.effort, FindAll([&](size_t i) {
                                  return search.Hops(from[i], to[i]);
                                }),
                                FindAll([&](size_t i) { return walks[i](); })));
  bench.report.AddRatio(
      {"4", "the same, ids looked up each time", subject.name, "paths/s", {}},
      Contest(bench.options.effort,
              FindAll([&](size_t i) { return search.Hops(from[i], to[i]); }),
              FindAll([&](size_t i) { return engine.PlanPath(from[i], to[i])(); })));
}

}  // namespace labgraph::bench
