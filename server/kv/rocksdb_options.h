#ifndef LABGRAPH_SERVER_KV_ROCKSDB_OPTIONS_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_OPTIONS_H_

// How RocksDB is set up. Private to the RocksDB files.

#include "rocksdb/options.h"
#include "server/kv/rocksdb_store.h"

namespace labgraph::kv {

rocksdb::DBOptions DbOptions(const RocksDbOptions& options);

// The same for every keyspace. One block cache is made and shared by all that use a copy.
rocksdb::ColumnFamilyOptions FamilyOptions(const RocksDbOptions& options);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_OPTIONS_H_
