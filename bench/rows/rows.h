#ifndef LABGRAPH_BENCH_ROWS_ROWS_H_
#define LABGRAPH_BENCH_ROWS_ROWS_H_

#include <string>

#include "bench/engine.h"
#include "bench/options.h"
#include "bench/process.h"
#include "bench/report.h"
#include "bench/subject.h"

namespace labgraph::bench {

// What every row needs. Rows are numbered as in docs/performance.md; each function below
// takes the figures of the rows named and checks that both sides agree.
struct Bench {
  const Options& options;
  ReportBuilder& report;
  const std::string& echo;  // address of a server of echo.proto
};

// A server over a store in `data`, made where it is not there.
Daemon Serve(const Bench& bench, const std::string& data);
// The same, with all edges in memory.
Daemon ServeWarm(const Bench& bench, const std::string& data);

// 8: loads the graph into its store.
void Import(const Bench& bench, const Subject& subject);
// Loads it and measures nothing.
void Load(const Bench& bench, const Subject& subject);
// 11: compacts the store.
void MeasureDisk(const Bench& bench, const Subject& subject);

// 1: calls of one entity, over a server of the subject's store.
void MeasureCalls(const Bench& bench, const Subject& subject, const Daemon& server);
// 6: a stream of ids.
void MeasureStream(const Bench& bench, const Subject& subject, const Daemon& server);
// 5: triangles.
void MeasureTriangles(const Bench& bench, const Subject& subject, const Daemon& server);

// 2, 3: how much is some hops away.
void MeasureHops(const Bench& bench, const Subject& subject, Engine& engine);
// 4: shortest paths.
void MeasurePaths(const Bench& bench, const Subject& subject, Engine& engine);
// 7, 10: the edges in memory.
void MeasureMemory(const Bench& bench, const Subject& subject, Engine& engine);
// 13, 14: reads of an entity against the store alone.
void MeasureReads(const Bench& bench, const Subject& subject, Engine& engine);

// 9: durable commits, in a store of their own.
void MeasureCommits(const Bench& bench);
// 12: how an entity of a large store is read, against one of a small store.
void MeasureGrowth(const Bench& bench, const Subject& small, const Subject& large);

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_ROWS_ROWS_H_
