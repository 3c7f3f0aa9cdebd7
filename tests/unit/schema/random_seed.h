#ifndef LABGRAPH_TESTS_UNIT_SCHEMA_RANDOM_SEED_H_
#define LABGRAPH_TESTS_UNIT_SCHEMA_RANDOM_SEED_H_

#include <cstdint>
#include <cstdlib>
#include <random>

#include "absl/strings/numbers.h"

namespace labgraph::schema {

// A seed that differs from run to run. Property tests print it when they fail;
// LABGRAPH_TEST_SEED=<seed> repeats that run.
inline uint64_t RandomSeed() {
  uint64_t seed = 0;
  const char* fixed = std::getenv("LABGRAPH_TEST_SEED");
  if (fixed != nullptr && absl::SimpleAtoi(fixed, &seed)) return seed;
  return std::random_device{}();
}

}  // namespace labgraph::schema

#endif  // LABGRAPH_TESTS_UNIT_SCHEMA_RANDOM_SEED_H_
