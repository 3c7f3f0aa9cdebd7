#ifndef LABGRAPH_TESTS_FUZZ_FUZZ_GRAPH_H_
#define LABGRAPH_TESTS_FUZZ_FUZZ_GRAPH_H_

#include <memory>

#include "server/adjacency/cache.h"
#include "server/base/clock.h"
#include "server/graph/graph.h"
#include "server/kv/store.h"
#include "server/query/filter_finder.h"
#include "server/search/name_index.h"

namespace labgraph::fuzz {

// A small graph in memory with something of every sort: values of every type, relations
// of every rule, dates, records of the past. Fills itself; ends the program where it
// cannot. The same each time but for ids of the store and times.
class FuzzGraph {
 public:
  FuzzGraph();

  graph::Graph& graph() { return *graph_; }
  adjacency::Cache* cache() { return &cache_; }

  // Ends the program where VerifyStore finds something.
  void CheckSound() const;

 private:
  SystemClock clock_;
  search::NameIndex index_;
  query::FilterFinder finder_;
  std::unique_ptr<kv::Store> store_;
  adjacency::Cache cache_;
  std::unique_ptr<graph::Graph> graph_;
};

}  // namespace labgraph::fuzz

#endif  // LABGRAPH_TESTS_FUZZ_FUZZ_GRAPH_H_
