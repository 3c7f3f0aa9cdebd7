#ifndef LABGRAPH_TESTS_UNIT_QUERY_FROM_BOTH_H_
#define LABGRAPH_TESTS_UNIT_QUERY_FROM_BOTH_H_

// Reads of structure that give the same answer wherever they get it from.

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "server/adjacency/reader.h"
#include "server/graph/view.h"
#include "server/query/expander.h"
#include "tests/unit/query/test_graph.h"

namespace labgraph::query {

// A walk over whatever gives it edges.
template <typename Answer>
using Walk = absl::FunctionRef<absl::StatusOr<Answer>(Expander&)>;

// Filling the memory, and from it.
inline constexpr int kRunsInMemory = 2;

template <typename Answer>
absl::StatusOr<Answer> FromStore(const graph::View& view, Walk<Answer> walk) {
  StoreExpander expander(&view.records());
  return walk(expander);
}

template <typename Answer>
absl::StatusOr<Answer> FromMemory(const TestGraph& graph, const graph::View& view,
                                  Walk<Answer> walk) {
  adjacency::Reader reader(&graph.cache(), &view.records());
  BlockExpander expander(&reader);
  return walk(expander);
}

// An answer as text that differs where answers do.
template <typename Answer>
using Description = std::string (*)(const absl::StatusOr<Answer>&);

// Runs from the store and from memory, and expects the very same.
template <typename Answer>
absl::StatusOr<Answer> FromBoth(const TestGraph& graph, const graph::View& view,
                                Walk<Answer> walk, Description<Answer> describe) {
  absl::StatusOr<Answer> stored = FromStore<Answer>(view, walk);
  for (int i = 0; i < kRunsInMemory; ++i) {
    EXPECT_EQ(describe(FromMemory<Answer>(graph, view, walk)), describe(stored));
  }
  return stored;
}

}  // namespace labgraph::query

#endif  // LABGRAPH_TESTS_UNIT_QUERY_FROM_BOTH_H_
