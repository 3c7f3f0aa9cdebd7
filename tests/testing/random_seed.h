#ifndef LABGRAPH_TESTS_TESTING_RANDOM_SEED_H_
#define LABGRAPH_TESTS_TESTING_RANDOM_SEED_H_

#include <cstdint>
#include <cstdlib>
#include <random>

#include "absl/strings/numbers.h"

namespace labgraph::testing {

// A seed that differs from run to run. Tests print it when they fail;
// LABGRAPH_SEED=<seed> repeats that run.
inline uint64_t RandomSeed() {
  uint64_t seed = 0;
  const char* fixed = std::getenv("LABGRAPH_SEED");
  if (fixed != nullptr && absl::SimpleAtoi(fixed, &seed)) return seed;
  return std::random_device{}();
}

}  // namespace labgraph::testing

#endif  // LABGRAPH_TESTS_TESTING_RANDOM_SEED_H_
