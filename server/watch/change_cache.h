#ifndef LABGRAPH_SERVER_WATCH_CHANGE_CACHE_H_
#define LABGRAPH_SERVER_WATCH_CHANGE_CACHE_H_

#include <cstddef>
#include <list>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/watch/loaded_change.h"

namespace labgraph::watch {

// The changes that watches told last, since many tell the same one, and a large one is
// told piece by piece. The least used go when together they pass `most_bytes`; the latest
// stays whatever its size. Not thread-safe.
class ChangeCache {
 public:
  explicit ChangeCache(size_t most_bytes) : most_bytes_(most_bytes) {}

  // The change of `revision`, read where it is not here. Valid until the next call. Heads
  // come in order. What was erased by `head` is in none that this gives.
  // Errors: those of LoadedChange::Load. REQUIRES: as there.
  absl::StatusOr<LoadedChange*> Get(const graph::Head& head, keys::Revision revision);

  void Clear();
  size_t size() const { return entries_.size(); }

 private:
  using Entries = std::list<std::unique_ptr<LoadedChange>>;  // the last used first

  // Brings what is kept in step with `head`.
  absl::Status Follow(const graph::Head& head);
  void DropLeastUsed();

  const size_t most_bytes_;
  keys::Revision followed_ = 0;  // the newest head that Follow saw
  size_t bytes_ = 0;
  Entries entries_;
  absl::flat_hash_map<keys::Revision, Entries::iterator> by_revision_;
};

}  // namespace labgraph::watch

#endif  // LABGRAPH_SERVER_WATCH_CHANGE_CACHE_H_
