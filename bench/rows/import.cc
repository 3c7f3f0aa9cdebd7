#include <filesystem>
#include <string>

#include "absl/time/clock.h"
#include "bench/files.h"
#include "bench/rows/rows.h"

namespace labgraph::bench {
namespace {

constexpr double kGoalOfCsv = 200'000;
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

// A form that statements are loaded from.
struct Format {
  std::string name;
  std::string file;
  double goal;  // statements a second
};

// The rate at which the graph before was loaded; 0 for the first.
double RateBefore(const Report& report, const std::string& what) {
  double rate = 0;
  for (const Figure& figure : report.figures()) {
    if (figure.what() == what) rate = figure.median();
  }
  return rate;
}

void Measure(const Bench& bench, const Subject& subject, const GraphFiles& files,
             const Format& format, const std::string& data) {
  const std::string what = absl::StrCat("import of ", format.name);
  const double before = RateBefore(bench.report.report(), what);
  const Daemon server = Serve(bench, data);
  Seed(bench, server, files.schema);
  Seed(bench, server, files.entities);
  const double rate = static_cast<double>(subject.graph.edges.size()) /
                      SecondsToSeed(bench, server, format.file);
  bench.report.AddValues(
      {"8", what, subject.name, "statements/s", Goal::AtLeast(format.goal)}, {rate});
  bench.report.AddValues({"8", "server's peak memory in it", subject.name, "bytes",
                          Goal::AtMost(kPeakGoalBytes)},
                         {static_cast<double>(server.PeakBytes())});
  if (before == 0) return;
  bench.report.AddRatio({"8", absl::StrCat(what, " / that of the next smaller graph"),
                         subject.name, "statements/s", Goal::AtLeast(kGoalOfGrowth)},
                        {{before}, {rate}});
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
  for (const auto& file : {files.schema, files.entities, files.json_lines}) {
    Seed(bench, server, file);
  }
}

void Import(const Bench& bench, const Subject& subject) {
  if (!bench.options.Wants("8")) {
    Load(bench, subject);
    return;
  }
  const GraphFiles files = WriteGraphFiles(subject.graph, subject.files);
  Measure(bench, subject, files, {"CSV with a mapping", files.mapping, kGoalOfCsv},
          subject.data + "-of-csv");
  std::filesystem::remove_all(subject.data + "-of-csv");
  Measure(bench, subject, files, {"JSON lines", files.json_lines, kGoalOfJsonLines},
          subject.data);
}

}  // namespace labgraph::bench
