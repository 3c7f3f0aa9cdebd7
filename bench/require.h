#ifndef LABGRAPH_BENCH_REQUIRE_H_
#define LABGRAPH_BENCH_REQUIRE_H_

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace labgraph::bench {

// Ends the program with the error: without its tools a benchmark has nothing to say.
inline void Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "labgraph_bench: %s\n", status.ToString().c_str());
  std::exit(1);
}

// The value, or as above.
template <typename T>
T Value(absl::StatusOr<T> value) {
  Require(value.status());
  return *std::move(value);
}

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_REQUIRE_H_
