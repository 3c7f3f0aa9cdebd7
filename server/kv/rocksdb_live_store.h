#ifndef LABGRAPH_SERVER_KV_ROCKSDB_LIVE_STORE_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_LIVE_STORE_H_

// The store over an open RocksDB database. Private to the RocksDB files.

#include <cstddef>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "server/kv/rocksdb_database.h"
#include "server/kv/rocksdb_ingest.h"
#include "server/kv/store.h"
#include "server/kv/write_gate.h"

namespace labgraph::kv {

class RocksDbStore final : public Store {
 public:
  RocksDbStore(std::unique_ptr<Database> database, size_t ingest_bytes);

  std::shared_ptr<const Snapshot> GetSnapshot() const override;
  absl::Status Write(const Batch& batch) override;
  absl::StatusOr<bool> Purge(absl::Span<const Keyspace> keyspaces,
                             const Snapshot& since) override;

  const Database& database() const { return *database_; }
  // Closed to keep what is on disk as it is.
  WriteGate& gate() { return gate_; }
  // OK, or the error of the batch that ended writing.
  absl::Status failure() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  // By the log, into memory tables.
  absl::Status WriteLogged(const Batch& batch);
  absl::Status WriteEither(const Batch& batch);

  const std::unique_ptr<Database> database_;
  const size_t ingest_bytes_;
  mutable SortedIngest ingest_;
  WriteGate gate_;

  mutable absl::Mutex mu_;
  absl::Status failure_ ABSL_GUARDED_BY(mu_);  // of the first batch that failed
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_LIVE_STORE_H_
