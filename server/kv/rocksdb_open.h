#ifndef LABGRAPH_SERVER_KV_ROCKSDB_OPEN_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_OPEN_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rocksdb/file_system.h"
#include "server/kv/rocksdb_store.h"

namespace labgraph::kv {

// As OpenRocksDb, with all that is written going through `files`: for tests that take its
// place.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksDbOn(
    std::shared_ptr<rocksdb::FileSystem> files, const RocksDbOptions& options,
    absl::Span<const char* const> keyspace_names);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_OPEN_H_
