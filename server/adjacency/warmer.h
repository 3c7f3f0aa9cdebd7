#ifndef LABGRAPH_SERVER_ADJACENCY_WARMER_H_
#define LABGRAPH_SERVER_ADJACENCY_WARMER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

#include "absl/types/optional.h"
#include "server/adjacency/cache.h"
#include "server/graph/view.h"

namespace labgraph::adjacency {

// Why a warmer ended.
enum class Warmed {
  kAll,     // it came to the last entity
  kFull,    // the cache had no room for more
  kFailed,  // there was no view
};

// Fills the cache in the background: edges and cards of every entity by number, until all
// are in or the budget is used. Thread-safe.
class Warmer {
 public:
  // Opens the newest view; called for every stretch of entities, so that commits
  // meanwhile don't make what is read useless. Null ends the filling.
  using OpenView = std::function<std::unique_ptr<graph::View>()>;

  // `cache`, and what `open` uses, must outlive the warmer. `done` (may be null) is
  // called on the warmer's thread, unless it was stopped.
  Warmer(Cache* cache, OpenView open, std::function<void(Warmed)> done);
  // Stops it and waits.
  ~Warmer();

 private:
  void Run();
  // One stretch from `*next` on, to which it moves that; absent when there is more to do.
  absl::optional<Warmed> Fill(keys::EntityNumber* next);
  // Whether the cache has no room for more, or had to make it by dropping something.
  bool Full() const;

  Cache* const cache_;
  const OpenView open_;
  const std::function<void(Warmed)> done_;
  const uint64_t evicted_before_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;  // last: it uses all above
};

}  // namespace labgraph::adjacency

#endif  // LABGRAPH_SERVER_ADJACENCY_WARMER_H_
