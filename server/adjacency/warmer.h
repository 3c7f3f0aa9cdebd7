#ifndef LABGRAPH_SERVER_ADJACENCY_WARMER_H_
#define LABGRAPH_SERVER_ADJACENCY_WARMER_H_

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "server/adjacency/cache.h"
#include "server/graph/view.h"

namespace labgraph::adjacency {

// Fills the cache in the background: edges and cards of every entity by number, until all
// are in or the budget is used. Thread-safe.
class Warmer {
 public:
  // Opens the newest view; called for every stretch of entities, so that commits
  // meanwhile don't make what is read useless. Null ends the filling.
  using OpenView = std::function<std::unique_ptr<graph::View>()>;

  // `cache`, and what `open` uses, must outlive the warmer. `done` (may be null) is
  // called on the warmer's thread with whether it came to the last entity.
  Warmer(Cache* cache, OpenView open, std::function<void(bool complete)> done);
  // Stops it and waits.
  ~Warmer();

 private:
  void Run();
  // One stretch from `first` on; the next one's first, or 0 at the end.
  keys::EntityNumber Fill(keys::EntityNumber first);

  Cache* const cache_;
  const OpenView open_;
  const std::function<void(bool)> done_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;  // last: it uses all above
};

}  // namespace labgraph::adjacency

#endif  // LABGRAPH_SERVER_ADJACENCY_WARMER_H_
