#include <map>
#include <string>

#include "absl/time/clock.h"
#include "bench/files.h"
#include "bench/rows/rows.h"

namespace labgraph::bench {
namespace {

constexpr double kGoalOfJsonLines = 100'000;
constexpr double kPeakGoalBytes = 2.0 * (uint64_t{1} << 30);
constexpr double kGoalOfGrowth = 0.7;

void Seed(const Bench& bench, const Daemon& server, const std::string& file) {
  Process({bench.options.Program("labgraph-seed"), "--server", server.address(), file})
      .WaitForSuccess();
}

double SecondsToSeed(const Bench& bench, const Daemon& server, const std::string& file) {
  const absl::Time begin = absl::Now();
  Seed(bench, server, file);
  return absl::ToDoubleSeconds(absl::Now() - begin);
}

// Rate of the largest graph so far against that of the one before.
void ReportGrowth(const Bench& bench, const Subject& subject, double rate) {
  static std::map<size_t, double> rates;
  if (!rates.empty()) {
    const auto& [statements, before] = *rates.rbegin();
    bench.report.AddRatio(
        {"8", absl::StrCat("import rate / that of ", statements, " statements"),
         subject.name, "statements/s", Goal::AtLeast(kGoalOfGrowth)},
        {{before}, {rate}});
  }
  rates[subject.graph.edges.size()] = rate;
}

}  // namespace

Daemon Serve(const Bench& bench, const std::string& data) {
  return Daemon({bench.options.Program("labgraphd"), "--data", data});
}

Daemon ServeWarm(const Bench& bench, const std::string& data) {
  return Daemon({bench.options.Program("labgraphd"), "--data", data, "--warm"},
                "adjacency warm");
}

void Load(const Bench& bench, const Subject& subject) {
  const GraphFiles files = WriteGraphFiles(subject.graph, subject.files);
  const Daemon server = Serve(bench, subject.data);
  for (const auto& file : {files.schema, files.entities, files.statements}) {
    Seed(bench, server, file);
  }
}

void Import(const Bench& bench, const Subject& subject) {
  if (!bench.options.Wants("8")) {
    Load(bench, subject);
    return;
  }
  const GraphFiles files = WriteGraphFiles(subject.graph, subject.files);
  const Daemon server = Serve(bench, subject.data);
  Seed(bench, server, files.schema);
  Seed(bench, server, files.entities);
  const double rate = static_cast<double>(subject.graph.edges.size()) /
                      SecondsToSeed(bench, server, files.statements);
  bench.report.AddValues({"8", "import of JSON lines", subject.name, "statements/s",
                          Goal::AtLeast(kGoalOfJsonLines)},
                         {rate});
  bench.report.AddValues({"8", "server's peak memory in it", subject.name, "bytes",
                          Goal::AtMost(kPeakGoalBytes)},
                         {static_cast<double>(server.PeakBytes())});
  ReportGrowth(bench, subject, rate);
}

}  // namespace labgraph::bench
