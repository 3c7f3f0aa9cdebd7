#include "bench/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace labgraph::bench {
namespace {

// Ascending. Some ten edges a node.
const GraphSize kSizes[] = {
    {"100k", 13, 100'000}, {"1m", 17, 1'000'000}, {"10m", 20, 10'000'000}};
const GraphSize kSmokeSizes[] = {{"800", 7, 800}, {"2k", 8, 2'000}};

std::vector<GraphSize> SizesNamed(const std::vector<std::string>& names) {
  std::vector<GraphSize> sizes;
  for (const GraphSize& size : kSizes) {
    if (std::count(names.begin(), names.end(), size.name) > 0) sizes.push_back(size);
  }
  return sizes;
}

}  // namespace

bool Options::Wants(const std::string& row) const {
  return rows.empty() || std::count(rows.begin(), rows.end(), row) > 0;
}

int ParseOptions(int argc, char** argv, Options* options) {
  CLI::App app{
      "Measures labgraph against rooflines taken in the same run; docs/performance.md "
      "says what each row of the table is.",
      "labgraph_bench"};
  std::vector<std::string> sizes = {"100k", "1m", "10m"};
  app.add_option("--sizes", sizes, "Statements of the generated graphs")
      ->envname("BENCH_SIZES")
      ->delimiter(',')
      ->check(CLI::IsMember({"100k", "1m", "10m"}))
      ->capture_default_str();
  app.add_option("--rows", options->rows, "Only these rows of the table")->delimiter(',');
  app.add_option("--repetitions", options->effort.repetitions, "Times to take a figure")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app.add_option("--seconds", options->effort.seconds, "Least time of one measurement")
      ->check(CLI::Range(0.01, 60.0))
      ->capture_default_str();
  app.add_flag("--smoke", options->smoke,
               "Check that engine and rooflines agree, on tiny graphs, and time nothing "
               "worth reading");
  app.add_option("--programs", options->programs, "Directory of labgraph's programs")
      ->required();
  app.add_option("--scratch", options->scratch,
                 "Directory for stores and files, on the disk to measure; it is emptied")
      ->required();
  app.add_option("--real-edges", options->real_edges,
                 "Edges of the p2p-31 data of Graphalytics; left out where absent");
  app.add_option("--json", options->json, "File for the report");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  options->sizes = SizesNamed(sizes);
  if (options->smoke) {
    options->sizes.assign(std::begin(kSmokeSizes), std::end(kSmokeSizes));
    options->effort = {1, 0.001};
  }
  return -1;
}

}  // namespace labgraph::bench
