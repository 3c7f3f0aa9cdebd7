#ifndef LABGRAPH_SERVER_KV_ROCKSDB_OPTIONS_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_OPTIONS_H_

// How RocksDB is set up. Private to the RocksDB files.

#include <cstddef>
#include <vector>

#include "rocksdb/options.h"
#include "server/kv/rocksdb_store.h"

namespace labgraph::kv {

rocksdb::DBOptions DbOptions(const RocksDbOptions& options);

// The options of every keyspace, in order; they share a block cache.
std::vector<rocksdb::ColumnFamilyOptions> FamilyOptions(const RocksDbOptions& options,
                                                        size_t keyspaces);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_OPTIONS_H_
