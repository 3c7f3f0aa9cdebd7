#ifndef LABGRAPH_SERVER_ADJACENCY_RETIRED_H_
#define LABGRAPH_SERVER_ADJACENCY_RETIRED_H_

#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/adjacency/entry.h"

namespace labgraph::adjacency {

// Keeps entries that were taken out of the cache until no reader can hold them.
//
// Time is cut into ages. A reader pins the age in which it began; what is retired belongs
// to the age that is current then. An age's entries are freed when it and all ages before
// it are over and unpinned: each age holds the next, so that the chain falls from its
// old end. Thread-safe.
class Retired {
 public:
  // Keeps every entry that can be read from now on; whoever holds it may use them.
  using Pin = std::shared_ptr<const void>;

  Retired();
  ~Retired();

  Pin NewPin() const ABSL_LOCKS_EXCLUDED(mu_);
  // Takes entries that new readers cannot find any more.
  void Add(std::vector<const Entry*> entries) ABSL_LOCKS_EXCLUDED(mu_);

 private:
  struct Age;

  mutable absl::Mutex mu_;
  std::shared_ptr<Age> current_ ABSL_GUARDED_BY(mu_);
};

}  // namespace labgraph::adjacency

#endif  // LABGRAPH_SERVER_ADJACENCY_RETIRED_H_
