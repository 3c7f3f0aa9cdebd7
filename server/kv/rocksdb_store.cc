#include "server/kv/rocksdb_store.h"

#include <cassert>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/options.h"
#include "rocksdb/snapshot.h"
#include "rocksdb/write_batch.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/kv/data_directory.h"
#include "server/kv/rocksdb_ingest.h"
#include "server/kv/rocksdb_options.h"
#include "server/kv/rocksdb_types.h"

namespace labgraph::kv {
namespace {

// Batches of more bytes are ingested as sorted files, see SortedIngest.
constexpr size_t kIngestBytes = 4 << 20;
constexpr char kIngestDirectory[] = "ingest";

class RocksDbCursor final : public Cursor {
 public:
  RocksDbCursor(rocksdb::Iterator* iterator, absl::string_view keyspace)
      : iterator_(iterator), keyspace_(keyspace) {}

  void Seek(absl::string_view key) override { iterator_->Seek(ToSlice(key)); }
  void SeekForPrev(absl::string_view key) override {
    iterator_->SeekForPrev(ToSlice(key));
  }
  void Next() override { iterator_->Next(); }
  void Prev() override { iterator_->Prev(); }

  bool Valid() const override { return iterator_->Valid(); }
  absl::Status status() const override {
    return ToStatus(iterator_->status(), keyspace_, "");
  }

  absl::string_view key() const override { return ToView(iterator_->key()); }
  absl::string_view value() const override { return ToView(iterator_->value()); }

 private:
  const std::unique_ptr<rocksdb::Iterator> iterator_;
  const absl::string_view keyspace_;
};

class RocksDbSnapshot final : public Snapshot {
 public:
  RocksDbSnapshot(rocksdb::DB* db, absl::Span<const Family> families)
      : db_(db), families_(families), snapshot_(db) {
    options_.snapshot = snapshot_.snapshot();
    options_.verify_checksums = true;
  }

  absl::StatusOr<absl::optional<std::string>> Get(Keyspace keyspace,
                                                  absl::string_view key) const override {
    assert(keyspace < families_.size());
    const Family& family = families_[keyspace];
    std::string value;
    const rocksdb::Status status =
        db_->Get(options_, family.handle, ToSlice(key), &value);
    if (status.ok()) return value;
    // A missing file is an error, not a missing key.
    if (status.IsNotFound() && !status.IsPathNotFound()) return absl::nullopt;
    return ToStatus(status, family.name, "");
  }

  std::unique_ptr<Cursor> NewCursor(Keyspace keyspace) const override {
    assert(keyspace < families_.size());
    const Family& family = families_[keyspace];
    return std::make_unique<RocksDbCursor>(db_->NewIterator(options_, family.handle),
                                           family.name);
  }

 private:
  rocksdb::DB* const db_;
  const absl::Span<const Family> families_;
  rocksdb::ManagedSnapshot snapshot_;
  rocksdb::ReadOptions options_;
};

class RocksDbStore final : public Store {
 public:
  RocksDbStore(std::string path, std::unique_ptr<rocksdb::DB> db,
               std::vector<Family> families)
      : path_(std::move(path)),
        families_(std::move(families)),
        db_(std::move(db)),
        ingest_(db_.get(), families_, absl::StrCat(path_, "/", kIngestDirectory)) {
    ingest_.RemoveLeftovers();
  }

  ~RocksDbStore() override {
    for (const Family& family : families_) db_->DestroyColumnFamilyHandle(family.handle);
  }

  std::shared_ptr<const Snapshot> GetSnapshot() const override {
    absl::ReaderMutexLock lock(&ingest_.mutex());
    return std::make_shared<RocksDbSnapshot>(db_.get(), families_);
  }

  absl::Status Write(const Batch& batch) override;

 private:
  // By the log, into memory tables.
  rocksdb::Status WriteLogged(const Batch& batch);
  absl::Status Failure() const {
    absl::ReaderMutexLock lock(&mutex_);
    return failure_;
  }

  const std::string path_;
  const std::vector<Family> families_;  // by keyspace
  const std::unique_ptr<rocksdb::DB> db_;
  mutable SortedIngest ingest_;

  mutable absl::Mutex mutex_;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);  // of the first batch that failed
};

size_t Bytes(const Batch& batch) {
  size_t bytes = 0;
  for (const Batch::Operation& operation : batch.operations()) {
    bytes += operation.key.size() + operation.value.value_or("").size();
  }
  return bytes;
}

absl::Status RocksDbStore::Write(const Batch& batch) {
  // After a failed sync the kernel may take the lost pages for written, and the end of
  // the log is unknown: a batch after it could look durable and not be.
  RETURN_IF_ERROR(Failure());
  const rocksdb::Status status =
      Bytes(batch) > kIngestBytes ? ingest_.Write(batch) : WriteLogged(batch);
  if (status.ok()) return absl::OkStatus();
  absl::MutexLock lock(&mutex_);
  if (failure_.ok()) {
    failure_ =
        ToStatus(status, path_,
                 "The write failed and the store takes no more of them; reads go on. "
                 "Make room or mend the disk, then restart the server");
  }
  return failure_;
}

rocksdb::Status RocksDbStore::WriteLogged(const Batch& batch) {
  rocksdb::WriteBatch encoded;
  for (const Batch::Operation& operation : batch.operations()) {
    assert(operation.keyspace < families_.size());
    rocksdb::ColumnFamilyHandle* family = families_[operation.keyspace].handle;
    const rocksdb::Slice key = ToSlice(operation.key);
    const rocksdb::Status status =
        operation.value.has_value() ? encoded.Put(family, key, ToSlice(*operation.value))
                                    : encoded.Delete(family, key);
    if (!status.ok()) return status;
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  return db_->Write(options, &encoded);
}

absl::Status Refuse(absl::string_view path, absl::string_view problem) {
  return errors::StorageFailed(absl::StrCat("The data directory \"", path, "\" ", problem,
                                            "; choose an empty or a new directory."));
}

// Refuses a database that isn't ours: without our first keyspace, or with one that we
// don't know.
absl::Status CheckFamilies(const std::string& path, bool blank,
                           absl::Span<const char* const> names) {
  std::vector<std::string> found;
  RETURN_IF_ERROR(
      ToStatus(rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), path, &found), path,
               "Restore the directory from a backup"));
  for (const std::string& name : found) {
    if (name == rocksdb::kDefaultColumnFamilyName) continue;
    if (absl::c_linear_search(names, name)) continue;
    return Refuse(path, absl::StrCat("holds a database of another program or of a newer "
                                     "labgraph, with the unknown column family \"",
                                     name, "\""));
  }
  // The creation of a blank one may have been interrupted before its first keyspace.
  if (blank || absl::c_linear_search(found, names.front())) return absl::OkStatus();
  return Refuse(path, absl::StrCat("holds a database of another program, without the "
                                   "column family \"",
                                   names.front(), "\""));
}

// Asked before opening, since opening moves the log of the process that has the lock
// aside.
absl::Status CheckNotInUse(const std::string& path) {
  rocksdb::Env* const env = rocksdb::Env::Default();
  rocksdb::FileLock* lock = nullptr;
  rocksdb::Status status = env->LockFile(path + "/LOCK", &lock);
  if (status.ok()) status = env->UnlockFile(lock);
  return ToStatus(status, path,
                  "Another labgraphd uses this directory: stop it or choose another");
}

// Everything that must be known before RocksDB may write.
absl::Status CheckDirectory(const RocksDbOptions& options,
                            absl::Span<const char* const> names) {
  ASSIGN_OR_RETURN(const DataDirectory found, InspectDataDirectory(options.path));
  if (found == DataDirectory::kAbsent || found == DataDirectory::kEmpty) {
    if (options.create_if_missing) return absl::OkStatus();
    return errors::StorageFailed(
        absl::StrCat("There is no database in \"", options.path, "\"; check the path."));
  }
  RETURN_IF_ERROR(
      CheckFamilies(options.path, found == DataDirectory::kBlankDatabase, names));
  return CheckNotInUse(options.path);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksDb(const RocksDbOptions& options,
                                                   absl::Span<const char* const> names) {
  RETURN_IF_ERROR(CheckDirectory(options, names));
  if (options.create_if_missing) {
    // RocksDB would make it too, but complain in the log first. It says what is wrong
    // when this fails.
    std::error_code ignored;
    std::filesystem::create_directory(options.path, ignored);
  }
  const std::vector<rocksdb::ColumnFamilyOptions> family_options =
      FamilyOptions(options, names.size());
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (size_t i = 0; i < names.size(); ++i) {
    descriptors.emplace_back(names[i], family_options[i]);
  }
  // Every database has it and must be opened with it.
  descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName,
                           rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  RETURN_IF_ERROR(ToStatus(
      rocksdb::DB::Open(DbOptions(options), options.path, descriptors, &handles, &db),
      options.path,
      "The database can't be opened; the server's log says more. Where a file is "
      "damaged, restore the directory from a backup"));
  std::vector<Family> families;
  for (size_t i = 0; i < names.size(); ++i) families.push_back({names[i], handles[i]});
  db->DestroyColumnFamilyHandle(handles.back());
  return std::make_unique<RocksDbStore>(options.path, std::unique_ptr<rocksdb::DB>(db),
                                        std::move(families));
}

}  // namespace labgraph::kv
