#include "server/kv/rocksdb_live_store.h"

#include <cassert>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "rocksdb/write_batch.h"
#include "server/base/failpoint.h"
#include "server/base/status_macros.h"
#include "server/kv/rocksdb_purge.h"
#include "server/kv/rocksdb_snapshot.h"
#include "server/kv/rocksdb_types.h"

namespace labgraph::kv {
namespace {

constexpr char kIngestDirectory[] = "ingest";

size_t Bytes(const Batch& batch) {
  size_t bytes = 0;
  for (const Batch::Operation& operation : batch.operations()) {
    bytes += operation.key.size() + operation.value.value_or("").size();
  }
  return bytes;
}

}  // namespace

RocksDbStore::RocksDbStore(std::unique_ptr<Database> database, size_t ingest_bytes)
    : database_(std::move(database)),
      ingest_bytes_(ingest_bytes),
      ingest_(database_.get(), absl::StrCat(database_->path(), "/", kIngestDirectory)) {
  ingest_.RemoveLeftovers();
}

std::shared_ptr<const Snapshot> RocksDbStore::GetSnapshot() const {
  absl::ReaderMutexLock lock(&ingest_.mutex());
  return std::make_shared<RocksDbSnapshot>(database_->db(), database_->families());
}

absl::Status RocksDbStore::Write(const Batch& batch) {
  const WriteGate::Pass pass(&gate_);
  // After a failed sync the kernel may take the lost pages for written, and the end of
  // the log is unknown: a batch after it could look durable and not be.
  RETURN_IF_ERROR(failure());
  const absl::Status status = WriteEither(batch);
  if (status.ok()) return status;
  absl::MutexLock lock(&mu_);
  if (failure_.ok()) failure_ = status;
  return failure_;
}

absl::Status RocksDbStore::WriteEither(const Batch& batch) {
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kWriteBegin));
  RETURN_IF_ERROR(Bytes(batch) > ingest_bytes_ ? ingest_.Write(batch)
                                               : WriteLogged(batch));
  return failpoint::Reach(Failpoint::kWriteEnd);
}

absl::Status RocksDbStore::WriteLogged(const Batch& batch) {
  rocksdb::WriteBatch encoded;
  rocksdb::Status status;
  for (const Batch::Operation& operation : batch.operations()) {
    assert(operation.keyspace < database_->families().size());
    rocksdb::ColumnFamilyHandle* family =
        database_->families()[operation.keyspace].handle;
    const rocksdb::Slice key = ToSlice(operation.key);
    if (!status.ok()) break;
    status = operation.value.has_value()
                 ? encoded.Put(family, key, ToSlice(*operation.value))
                 : encoded.Delete(family, key);
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  if (status.ok()) status = database_->db()->Write(options, &encoded);
  return ToWriteStatus(status, database_->path());
}

absl::StatusOr<bool> RocksDbStore::Purge(absl::Span<const Keyspace> keyspaces,
                                         const Snapshot& since) {
  RETURN_IF_ERROR(failure());
  return PurgeDatabase(*database_, keyspaces,
                       static_cast<const RocksDbSnapshot&>(since).sequence());
}

absl::Status RocksDbStore::failure() const {
  absl::ReaderMutexLock lock(&mu_);
  return failure_;
}

}  // namespace labgraph::kv
