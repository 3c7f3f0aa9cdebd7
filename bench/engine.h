#ifndef LABGRAPH_BENCH_ENGINE_H_
#define LABGRAPH_BENCH_ENGINE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "bench/csr_search.h"
#include "server/adjacency/cache.h"
#include "server/base/clock.h"
#include "server/graph/graph.h"
#include "server/keys/keys.h"
#include "server/kv/store.h"

namespace labgraph::bench {

// The engine without a transport: what a handler calls. The one place where the
// benchmarks know how it is put together. One thread. Failures end the program.
class Engine {
 public:
  // Opens the store that a server left in `data`.
  explicit Engine(const std::string& data);

  // Walks that are resolved and planned, and walk whenever they are called; until the
  // engine, or the cache given, ends.
  using HopWalk = std::function<HopCount()>;
  using PathWalk = std::function<int()>;

  // What is met from a node in at most `hops`, on the day or, where it is empty, ever.
  HopWalk PlanHops(uint32_t node, uint32_t hops, const std::string& day) {
    return PlanHops(node, hops, day, edges_.get());
  }
  HopWalk PlanHops(uint32_t node, uint32_t hops, const std::string& day,
                   adjacency::Cache* edges);
  // Hops of a shortest path along the edges; -1 where there is none.
  PathWalk PlanPath(uint32_t from, uint32_t to);

  // Memory for edges with room for what a server keeps, and nothing in it.
  static std::unique_ptr<adjacency::Cache> NewCache();
  // Takes all edges of all entities into it.
  void Fill(adjacency::Cache* edges);

  // The record as GetEntity answers it.
  v1::Entity GetEntity(uint32_t node);
  // How many outgoing neighbours ListNeighbors answers with, ids only.
  size_t ListNeighbors(uint32_t node);

  // For rooflines that read the store itself.
  const kv::Store& store() const { return *store_; }
  keys::EntityNumber NumberOf(uint32_t node);

 private:
  const SystemClock clock_;
  const std::unique_ptr<kv::Store> store_;
  const std::unique_ptr<adjacency::Cache> edges_;
  const std::unique_ptr<graph::Graph> graph_;
};

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_ENGINE_H_
