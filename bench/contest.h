#ifndef LABGRAPH_BENCH_CONTEST_H_
#define LABGRAPH_BENCH_CONTEST_H_

#include <cstdint>
#include <functional>
#include <vector>

namespace labgraph::bench {

// A way to do some work.
struct Contender {
  std::function<uint64_t()> pass;   // does it once; gives how much was done
  std::function<void()> prepare{};  // before each pass, not timed; may be null
};

// Work per second by repetition.
struct Rates {
  std::vector<double> roofline;
  std::vector<double> measured;
};

// How long and how often to measure.
struct Effort {
  int repetitions = 5;
  double seconds = 0.5;  // of one measurement, at least
};

// Measures both with Google Benchmark in wall-clock time, turn by turn, so that what
// disturbs the machine disturbs both. Each does one pass before, to be warm.
Rates Contest(const Effort& effort, const Contender& roofline, const Contender& measured);

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_CONTEST_H_
