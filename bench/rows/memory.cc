#include "bench/rows/rows.h"

namespace labgraph::bench {

void MeasureMemory(const Bench& bench, const Subject& subject, Engine& engine) {
  const char kNone[] = "the engine keeps no edges in memory";
  if (bench.options.Wants("7")) {
    bench.report.AddMissing({"7", "first touch of edges / warm, 3-hop count",
                             subject.name, "edges/s", Goal::AtLeast(1.0 / 25)},
                            kNone);
  }
  if (bench.options.Wants("10")) {
    bench.report.AddMissing({"10", "memory of an edge and direction", subject.name,
                             "bytes", Goal::AtMost(24)},
                            kNone);
  }
}

}  // namespace labgraph::bench
