#include <utility>
#include <vector>

#include "bench/csr_search.h"
#include "bench/rows/rows.h"

namespace labgraph::bench {
namespace {

constexpr size_t kPairs = 200;

}  // namespace

void MeasurePaths(const Bench& bench, const Subject& subject, Engine& engine) {
  if (!bench.options.Wants("4")) return;
  const std::vector<uint32_t> ends = subject.Starts(2 * kPairs);
  PathSearch search(subject.out, subject.in);
  for (size_t i = 0; i < ends.size(); i += 2) {
    bench.report.Expect(
        absl::StrCat("path ", NodeId(ends[i]), " to ", NodeId(ends[i + 1])),
        search.Hops(ends[i], ends[i + 1]), engine.PathHops(ends[i], ends[i + 1]));
  }
  const auto pass = [&ends](auto find) {
    return Contender{[&ends, find] {
      for (size_t i = 0; i < ends.size(); i += 2) find(ends[i], ends[i + 1]);
      return uint64_t{kPairs};
    }};
  };
  bench.report.AddRatio(
      {"4", "shortest path / bidirectional CSR search", subject.name, "paths/s",
       Goal::AtLeast(0.5)},
      Contest(
          bench.options.effort,
          pass([&](uint32_t from, uint32_t to) { return search.Hops(from, to); }),
          pass([&](uint32_t from, uint32_t to) { return engine.PathHops(from, to); })));
}

}  // namespace labgraph::bench
