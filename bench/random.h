#ifndef LABGRAPH_BENCH_RANDOM_H_
#define LABGRAPH_BENCH_RANDOM_H_

#include <cstdint>
#include <random>

namespace labgraph::bench {

// Numbers that are the same with every standard library. Not thread-safe.
class Random {
 public:
  explicit Random(uint64_t seed) : bits_(seed) {}

  uint64_t Bits() { return bits_(); }
  // Evenly from 0 to `count` - 1. REQUIRES: count > 0.
  uint32_t Below(uint32_t count) {
    return static_cast<uint32_t>(((Bits() >> 32) * count) >> 32);
  }

 private:
  std::mt19937_64 bits_;  // defined to the bit by the standard, unlike distributions
};

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_RANDOM_H_
