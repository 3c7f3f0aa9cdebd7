#ifndef LABGRAPH_SERVER_KV_MEMORY_STORE_H_
#define LABGRAPH_SERVER_KV_MEMORY_STORE_H_

#include <cstddef>
#include <memory>

#include "server/kv/store.h"

namespace labgraph::kv {

// A store in memory, gone with the object: for tests and for trying things out.
// Write never fails. Keeps an old value only as long as a snapshot needs it.
std::unique_ptr<Store> NewMemoryStore(size_t keyspaces);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_MEMORY_STORE_H_
