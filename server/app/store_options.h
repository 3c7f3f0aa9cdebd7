#ifndef LABGRAPH_SERVER_APP_STORE_OPTIONS_H_
#define LABGRAPH_SERVER_APP_STORE_OPTIONS_H_

#include <iterator>

#include "server/app/options.h"
#include "server/keys/keyspaces.h"
#include "server/kv/rocksdb_store.h"

namespace labgraph::app {

// How the store on disk is opened.
inline kv::RocksDbOptions StoreOptions(const Options& options) {
  kv::RocksDbOptions rocksdb;
  rocksdb.path = options.data_dir;
  rocksdb.filtered = {std::begin(keys::kAskedForAbsent), std::end(keys::kAskedForAbsent)};
  rocksdb.cache_bytes = options.cache_mib << 20;
  return rocksdb;
}

}  // namespace labgraph::app

#endif  // LABGRAPH_SERVER_APP_STORE_OPTIONS_H_
