#ifndef LABGRAPH_SERVER_ADJACENCY_ENTRY_H_
#define LABGRAPH_SERVER_ADJACENCY_ENTRY_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "server/keys/keys.h"

namespace labgraph::adjacency {

// The front of everything the cache keeps: one piece of memory, written once, then read
// without locks by any number of threads.
struct Entry {
  Entry(keys::Revision read_at, size_t bytes)
      : read_at(read_at), bytes(static_cast<uint32_t>(bytes)) {}

  // It is what the store held at this revision.
  const keys::Revision read_at;
  // Its size, what follows the front included.
  const uint32_t bytes;
  // Found again since it was put in, or since the cache last looked for what to let go.
  mutable std::atomic<bool> used{false};
};

// Frees an entry. Entries have no destructors that do anything.
struct FreeEntry {
  void operator()(const Entry* entry) const {
    ::operator delete(const_cast<Entry*>(entry));
  }
};
template <typename T>
using EntryPtr = std::unique_ptr<const T, FreeEntry>;

}  // namespace labgraph::adjacency

#endif  // LABGRAPH_SERVER_ADJACENCY_ENTRY_H_
