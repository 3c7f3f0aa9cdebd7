// labgraph_bench: what labgraph costs, against rooflines taken in the same run.

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "bench/options.h"
#include "bench/require.h"
#include "bench/rows/rows.h"

namespace labgraph::bench {
namespace {

void MeasureOverServer(const Bench& bench, const Subject& subject) {
  const Daemon server = ServeWarm(bench, subject.data);
  MeasureCalls(bench, subject, server);
  MeasureStream(bench, subject, server);
  MeasureTriangles(bench, subject, server);
}

void MeasureEngine(const Bench& bench, const Subject& subject) {
  Engine engine(subject.data);
  MeasureHops(bench, subject, engine);
  MeasurePaths(bench, subject, engine);
  MeasureMemory(bench, subject, engine);
  MeasureReads(bench, subject, engine);
}

std::unique_ptr<const Subject> MeasureGenerated(const Bench& bench,
                                                const GraphSize& size) {
  auto subject = std::make_unique<const Subject>(
      size.name, MakeRmat(size.scale, size.statements), bench.options.scratch);
  Import(bench, *subject);
  MeasureDisk(bench, *subject);
  MeasureOverServer(bench, *subject);
  MeasureEngine(bench, *subject);
  std::filesystem::remove_all(subject->files);
  return subject;
}

void MeasureRealData(const Bench& bench) {
  if (!std::filesystem::exists(bench.options.real_edges)) {
    std::printf("SKIPPED p2p-31: its edges are not beside the project\n");
    return;
  }
  const Subject subject("p2p", Value(ReadEdgeFile(bench.options.real_edges)),
                        bench.options.scratch);
  Load(bench, subject);
  Engine engine(subject.data);
  MeasureHops(bench, subject, engine);
  MeasurePaths(bench, subject, engine);
}

void MeasureAll(const Bench& bench) {
  std::vector<std::unique_ptr<const Subject>> subjects;
  for (const GraphSize& size : bench.options.sizes) {
    subjects.push_back(MeasureGenerated(bench, size));
  }
  if (subjects.size() > 1) MeasureGrowth(bench, *subjects.front(), *subjects.back());
  MeasureCommits(bench);
  if (!bench.options.smoke) MeasureRealData(bench);
}

int Main(int argc, char** argv) {
  Options options;
  const int exit_code = ParseOptions(argc, argv, &options);
  if (exit_code >= 0) return exit_code;
  std::filesystem::remove_all(options.scratch);
  std::filesystem::create_directories(options.scratch);
  ReportBuilder report(options.effort);
  {
    const Daemon echo({options.Program("labgraph_bench_echo")});
    MeasureAll({options, report, echo.address()});
  }
  std::filesystem::remove_all(options.scratch);
  if (!options.json.empty()) report.WriteJson(options.json);
  return report.agreed() ? 0 : 1;
}

}  // namespace
}  // namespace labgraph::bench

int main(int argc, char** argv) { return labgraph::bench::Main(argc, argv); }
