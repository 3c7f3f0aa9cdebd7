#ifndef LABGRAPH_BENCH_OPTIONS_H_
#define LABGRAPH_BENCH_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench/contest.h"

namespace labgraph::bench {

// A generated graph.
struct GraphSize {
  std::string name;
  int scale;  // 2^scale nodes
  uint32_t statements;
};

struct Options {
  std::vector<GraphSize> sizes;   // ascending
  std::vector<std::string> rows;  // of the table; empty: all
  bool smoke = false;             // counts and equality alone, on a tiny graph
  Effort effort;
  std::string programs;    // directory of labgraphd, labgraph-seed and the like
  std::string scratch;     // directory for stores and files; emptied
  std::string real_edges;  // Graphalytics file of edges; may be absent
  std::string json;        // where the report goes; empty: nowhere

  bool Wants(const std::string& row) const;
  std::string Program(const std::string& name) const { return programs + "/" + name; }
};

// -1 to go on, or the code to exit with; what is wrong has been printed.
int ParseOptions(int argc, char** argv, Options* options);

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_OPTIONS_H_
