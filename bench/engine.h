#ifndef LABGRAPH_BENCH_ENGINE_H_
#define LABGRAPH_BENCH_ENGINE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "bench/csr_search.h"
#include "server/base/clock.h"
#include "server/graph/graph.h"
#include "server/keys/keys.h"
#include "server/kv/store.h"

namespace labgraph::bench {

// The engine without a transport: what a handler would call. One thread. The one place
// where the benchmarks know how the engine is put together. Failures end the program.
class Engine {
 public:
  // Opens the store that a server left in `data`.
  explicit Engine(const std::string& data);

  // What is met from a node in at most `hops`, on the day or whenever it is empty.
  HopCount CountHops(uint32_t node, uint32_t hops, const std::string& valid_at);
  // Hops of a shortest path along the edges; -1 where there is none.
  int PathHops(uint32_t from, uint32_t to);

  // The record as GetEntity answers it.
  v1::Entity GetEntity(uint32_t node);
  // How many outgoing neighbours ListNeighbors answers with, ids only.
  size_t ListNeighbors(uint32_t node);

  // For rooflines that read the store itself.
  const kv::Store& store() const { return *store_; }
  keys::EntityNumber NumberOf(uint32_t node);

 private:
  std::unique_ptr<graph::View> Read(const std::string& valid_at,
                                    graph::ReadFilter::Mode mode);

  const SystemClock clock_;
  std::unique_ptr<kv::Store> store_;
  std::unique_ptr<graph::Graph> graph_;
};

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_ENGINE_H_
