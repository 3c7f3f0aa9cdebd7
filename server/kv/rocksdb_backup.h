#ifndef LABGRAPH_SERVER_KV_ROCKSDB_BACKUP_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_BACKUP_H_

// What backups and restoring share. Private to the RocksDB files.

#include <string>

#include "absl/status/status.h"
#include "rocksdb/status.h"
#include "rocksdb/utilities/backup_engine.h"

namespace labgraph::kv {

rocksdb::BackupEngineOptions BackupOptions(const std::string& directory);

// An error of a backup engine on `directory` as ours.
absl::Status ToBackupStatus(const rocksdb::Status& status, const std::string& directory);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_BACKUP_H_
