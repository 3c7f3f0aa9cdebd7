#ifndef LABGRAPH_SERVER_KV_ROCKSDB_DATABASE_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_DATABASE_H_

// An open RocksDB database with what it needs. Private to the RocksDB files.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "server/kv/rocksdb_store.h"
#include "server/kv/rocksdb_types.h"

namespace labgraph::kv {

class Database {
 public:
  enum class Access { kWrite, kRead };

  // Opens the one in `options.path` through `env`, which it keeps. Errors: those of
  // OpenRocksDb; nothing is checked before RocksDB opens it.
  // REQUIRES: `names` outlives the database.
  static absl::StatusOr<std::unique_ptr<Database>> Open(
      Access access, const RocksDbOptions& options, absl::Span<const char* const> names,
      std::shared_ptr<rocksdb::Env> env);
  ~Database();

  rocksdb::DB* db() const { return db_.get(); }
  // By keyspace.
  absl::Span<const Family> families() const { return families_; }
  const std::string& path() const { return path_; }

 private:
  Database(std::string path, std::shared_ptr<rocksdb::Env> env)
      : path_(std::move(path)), env_(std::move(env)) {}

  const std::string path_;
  const std::shared_ptr<rocksdb::Env> env_;  // goes last
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<Family> families_;
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_DATABASE_H_
