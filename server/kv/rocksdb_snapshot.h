#ifndef LABGRAPH_SERVER_KV_ROCKSDB_SNAPSHOT_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_SNAPSHOT_H_

// Reading a RocksDB database. Private to the RocksDB files.

#include <memory>
#include <string>

#include "absl/types/span.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "rocksdb/snapshot.h"
#include "server/kv/rocksdb_types.h"
#include "server/kv/store.h"

namespace labgraph::kv {

class RocksDbSnapshot final : public Snapshot {
 public:
  // Of the database as it is. Both must outlive this.
  RocksDbSnapshot(rocksdb::DB* db, absl::Span<const Family> families);

  absl::StatusOr<absl::optional<std::string>> Get(Keyspace keyspace,
                                                  absl::string_view key) const override;
  std::unique_ptr<Cursor> NewCursor(Keyspace keyspace) const override;

  // The number of the last change in it.
  rocksdb::SequenceNumber sequence() const {
    return options_.snapshot->GetSequenceNumber();
  }

 private:
  rocksdb::DB* const db_;
  const absl::Span<const Family> families_;
  rocksdb::ManagedSnapshot snapshot_;
  rocksdb::ReadOptions options_;
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_SNAPSHOT_H_
