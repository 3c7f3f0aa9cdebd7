#include "bench/contest.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"

namespace labgraph::bench {
namespace {

// Keeps the rates of what ran.
class RateCollector final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) rates_.push_back(run.counters.at("items_per_second"));
  }
  double last() const { return rates_.back(); }

 private:
  std::vector<double> rates_;
};

void Register(const std::string& name, const Effort& effort, const Contender& contender) {
  contender.pass();
  const auto run = [contender](benchmark::State& state) {
    uint64_t done = 0;
    for (auto _ : state) {
      if (contender.prepare != nullptr) {
        state.PauseTiming();
        contender.prepare();
        state.ResumeTiming();
      }
      done += contender.pass();
    }
    state.SetItemsProcessed(static_cast<int64_t>(done));
  };
  benchmark::RegisterBenchmark(name.c_str(), run)->MinTime(effort.seconds)->UseRealTime();
}

double MeasureOnce(const std::string& name) {
  RateCollector collector;
  benchmark::RunSpecifiedBenchmarks(&collector, absl::StrCat("^", name, "/"));
  return collector.last();
}

}  // namespace

Rates Contest(const Effort& effort, const Contender& roofline,
              const Contender& measured) {
  Register("roofline", effort, roofline);
  Register("measured", effort, measured);
  Rates rates;
  for (int i = 0; i < effort.repetitions; ++i) {
    rates.roofline.push_back(MeasureOnce("roofline"));
    rates.measured.push_back(MeasureOnce("measured"));
  }
  benchmark::ClearRegisteredBenchmarks();
  return rates;
}

}  // namespace labgraph::bench
