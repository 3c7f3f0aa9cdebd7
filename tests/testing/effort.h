#ifndef LABGRAPH_TESTS_TESTING_EFFORT_H_
#define LABGRAPH_TESTS_TESTING_EFFORT_H_

#include <cstdlib>

namespace labgraph::testing {

// How much of something a random test does: `usual` in every run, `soak` in a long one,
// which `make soak` asks for by setting LABGRAPH_SOAK.
inline int Effort(int usual, int soak) {
  return std::getenv("LABGRAPH_SOAK") != nullptr ? soak : usual;
}

}  // namespace labgraph::testing

#endif  // LABGRAPH_TESTS_TESTING_EFFORT_H_
