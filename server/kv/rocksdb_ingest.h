#ifndef LABGRAPH_SERVER_KV_ROCKSDB_INGEST_H_
#define LABGRAPH_SERVER_KV_ROCKSDB_INGEST_H_

// Large batches as sorted files. Private to the RocksDB files.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "rocksdb/db.h"
#include "rocksdb/status.h"
#include "server/kv/rocksdb_database.h"
#include "server/kv/rocksdb_types.h"
#include "server/kv/store.h"

namespace labgraph::kv {

// Writes a batch as one sorted file for each keyspace in it and makes all of them part
// of the database at once. Next to the log and memory tables that saves writing every row
// twice, and the later sorting; it costs a few files and syncs, so it pays for batches of
// megabytes. Thread-safe.
class SortedIngest {
 public:
  // Files are made in `directory`, which is the ingest's own. `database` must outlive
  // this.
  SortedIngest(const Database* database, std::string directory)
      : db_(database->db()),
        families_(database->families()),
        directory_(std::move(directory)) {}

  // Removes what an interrupted Write left behind.
  void RemoveLeftovers() const;

  // As Store::Write: the whole batch or nothing, on disk when it is OK.
  // REQUIRES: no operation's keyspace is unknown; the batch is not empty.
  absl::Status Write(const Batch& batch) ABSL_LOCKS_EXCLUDED(mutex_);

  // Held, shared, while a snapshot is taken: in the midst of an ingestion it could see
  // the batch in some keyspaces and not in others.
  absl::Mutex& mutex() ABSL_LOCK_RETURNED(mutex_) { return mutex_; }

 private:
  using Operations = absl::Span<const Batch::Operation>;
  // One keyspace's part of a batch and the file it is written to.
  struct File {
    Operations operations;
    std::string path;
    rocksdb::Status status;
  };

  // The parts of a batch in order.
  std::vector<File> Split(const Batch& batch, Operations in_order) const;
  void WriteFile(File& file) const;
  // Writes all, on two threads.
  absl::Status WriteFiles(std::vector<File>& files) const;
  absl::Status Ingest(const std::vector<File>& files) ABSL_LOCKS_EXCLUDED(mutex_);

  rocksdb::DB* const db_;
  const absl::Span<const Family> families_;  // by keyspace
  const std::string directory_;
  absl::Mutex mutex_;
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_ROCKSDB_INGEST_H_
