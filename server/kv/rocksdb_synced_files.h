#ifndef LABGRAPH_SERVER_KV_ROCKSDB_SYNCED_FILES_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_SYNCED_FILES_H_

// Keeps the file SYNCED while a database is written. Private to the RocksDB files.

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/file_system.h"
#include "server/kv/synced_files.h"

namespace labgraph::kv {

// `files`, noting in the SYNCED of `directory` what was synced of the logs and manifests
// there. `synced` is what it says so far; made where it is not there. Thread-safe.
//
// A sync notes its extent before it returns, without a sync of its own: after a power cut
// SYNCED may be some seconds old, and says less than there is, never more. So a new file
// is noted only once the directory was synced with its name in it, and before a file that
// is noted is deleted, SYNCED without it is synced.
// Errors: STORAGE_FAILED.
absl::StatusOr<std::shared_ptr<rocksdb::FileSystem>> NoteSyncedFiles(
    std::shared_ptr<rocksdb::FileSystem> files, const std::string& directory,
    SyncedFiles synced);

// Makes the entries of a directory durable: files made, renamed and removed in it.
rocksdb::IOStatus SyncDirectory(rocksdb::FileSystem& files, const std::string& directory);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_SYNCED_FILES_H_
