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

// What a walk looks at that expands these nodes.
uint64_t EdgesOf(const Csr& csr, absl::Span<const uint32_t> nodes) {
  uint64_t edges = 0;
  for (const uint32_t node : nodes) edges += csr.Of(node).size();
  return edges;
}

// Edges looked at by walks from all the starts.
template <typename CountFrom>
Contender WalkFrom(const std::vector<uint32_t>& starts, CountFrom count) {
  return {[&starts, count] {
    uint64_t edges = 0;
    for (size_t i = 0; i < starts.size(); ++i) edges += count(i).edges;
    return edges;
  }};
}

// A walk of some hops over the edges of one day.
struct Question {
  uint32_t hops;
  std::string day;  // empty: ever
  const Csr& edges;
};

void Measure(const Bench& bench, const Subject& subject, Engine& engine,
             const Question& question, const Topic& topic) {
  const std::vector<uint32_t> starts = StartsOfPass(subject, question.hops);
  HopSearch search(question.edges);
  std::vector<Engine::HopWalk> walks;
  for (const uint32_t start : starts) {
    walks.push_back(engine.PlanHops(start, question.hops, question.day));
    const HopCount got = walks.back()();
    const HopCount expected = search.Count(start, question.hops);
    bench.report.Expect(topic.what + ": nodes", expected.nodes, got.nodes);
    // The engine looks at all edges of a node to see which are of the day.
    bench.report.Expect(topic.what + ": edges", EdgesOf(subject.out, search.expanded()),
                        got.edges);
  }
  bench.report.AddRatio(
      topic,
      Contest(bench.options.effort,
              WalkFrom(starts,
                       [&](size_t i) { return search.Count(starts[i], question.hops); }),
              WalkFrom(starts, [&](size_t i) { return walks[i](); })));
}

}  // namespace

void MeasureHops(const Bench& bench, const Subject& subject, Engine& engine) {
  for (const uint32_t hops : {2, 3, 4}) {
    if (!bench.options.Wants("2")) break;
    Measure(bench, subject, engine, {hops, "", subject.out},
            {"2", absl::StrCat(hops, "-hop count / CSR search"), subject.name, "edges/s",
             Goal::AtLeast(0.5)});
  }
  if (!bench.options.Wants("3")) return;
  const Csr holding = MakeCsr(StillHolding(subject.graph), Along::kOut);
  for (const uint32_t hops : {2, 3, 4}) {
    Measure(bench, subject, engine, {hops, kDayAfterAll, holding},
            {"3", absl::StrCat(hops, "-hop count on a day / CSR search"), subject.name,
             "edges/s", Goal::AtLeast(0.4)});
  }
}

}  // namespace labgraph::bench
