#include "server/kv/rocksdb_store.h"

#include <algorithm>
#include <cassert>
#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/base/thread_annotations.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/cache.h"
#include "rocksdb/convenience.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/listener.h"
#include "rocksdb/options.h"
#include "rocksdb/snapshot.h"
#include "rocksdb/table.h"
#include "rocksdb/write_batch.h"
#include "server/base/errors.h"
#include "server/base/log.h"
#include "server/base/status_macros.h"
#include "server/kv/data_directory.h"

namespace labgraph::kv {
namespace {

// The one place where a RocksDB error becomes ours. `where` is the file, directory or
// keyspace at fault as far as the caller knows; the text of RocksDB names the file.
// `advice`: what to do, or empty.
absl::Status ToStatus(const rocksdb::Status& status, absl::string_view where,
                      absl::string_view advice) {
  if (status.ok()) return absl::OkStatus();
  const std::string text =
      absl::StrCat(status.ToString(), advice.empty() ? "" : ". ", advice);
  // A file that should be there and isn't is damage: trying again won't help.
  if (status.IsCorruption() || status.IsPathNotFound()) {
    return errors::StorageCorrupt(where, absl::StrCat("\"", where, "\": ", text));
  }
  return errors::StorageFailed(absl::StrCat("\"", where, "\": ", text));
}

rocksdb::Slice ToSlice(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }
absl::string_view ToView(rocksdb::Slice bytes) { return {bytes.data(), bytes.size()}; }

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

// A column family and the name by which errors call it.
struct Family {
  absl::string_view name;
  rocksdb::ColumnFamilyHandle* handle;
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
      : path_(std::move(path)), families_(std::move(families)), db_(std::move(db)) {}

  ~RocksDbStore() override {
    for (const Family& family : families_) db_->DestroyColumnFamilyHandle(family.handle);
  }

  std::shared_ptr<const Snapshot> GetSnapshot() const override {
    return std::make_shared<RocksDbSnapshot>(db_.get(), families_);
  }

  absl::Status Write(const Batch& batch) override;

 private:
  rocksdb::Status Encode(const Batch& batch, rocksdb::WriteBatch& encoded) const;
  absl::Status Failure() const {
    absl::ReaderMutexLock lock(&mutex_);
    return failure_;
  }

  const std::string path_;
  const std::vector<Family> families_;  // by keyspace
  const std::unique_ptr<rocksdb::DB> db_;

  mutable absl::Mutex mutex_;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);  // of the first batch that failed
};

absl::Status RocksDbStore::Write(const Batch& batch) {
  // After a failed sync the kernel may take the lost pages for written, and the end of
  // the log is unknown: a batch after it could look durable and not be.
  RETURN_IF_ERROR(Failure());
  rocksdb::WriteBatch encoded;
  RETURN_IF_ERROR(ToStatus(Encode(batch, encoded), path_, ""));
  rocksdb::WriteOptions options;
  options.sync = true;
  const rocksdb::Status status = db_->Write(options, &encoded);
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

rocksdb::Status RocksDbStore::Encode(const Batch& batch,
                                     rocksdb::WriteBatch& encoded) const {
  for (const Batch::Operation& operation : batch.operations()) {
    assert(operation.keyspace < families_.size());
    rocksdb::ColumnFamilyHandle* family = families_[operation.keyspace].handle;
    const rocksdb::Status status =
        operation.value.has_value() ? encoded.Put(family, operation.key, *operation.value)
                                    : encoded.Delete(family, operation.key);
    if (!status.ok()) return status;
  }
  return rocksdb::Status::OK();
}

// RocksDB's warnings and errors in the server's log. A log file of RocksDB's own would
// fail on a full disk as well, and a second line to it after that ends the process.
class ServerLog final : public rocksdb::Logger {
 public:
  ServerLog() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    char line[1024];
    std::vsnprintf(line, sizeof(line), format, arguments);
    Log(LogLevel::kWarning,
        absl::StrCat("rocksdb: ", absl::StripTrailingAsciiWhitespace(line)));
  }
};

// Keeps RocksDB from taking up writing again by itself after an error.
class NoRecovery final : public rocksdb::EventListener {
 public:
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status error,
                            bool* auto_recovery) override {
    *auto_recovery = false;
  }
};

rocksdb::DBOptions DbOptions(const RocksDbOptions& options) {
  rocksdb::DBOptions db;
  db.create_if_missing = options.create_if_missing;
  db.create_missing_column_families = true;
  db.max_open_files = options.max_open_files;
  db.paranoid_checks = true;
  // The only mode that loses no synced batch: a torn end of the log is dropped, damage
  // before its end is an error. The default drops everything after the damage.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  db.max_bgerror_resume_count = 0;
  db.listeners.push_back(std::make_shared<NoRecovery>());
  db.db_write_buffer_size = options.write_buffer_bytes;
  // Bounds the log that is replayed at start where some keyspaces are hardly written.
  db.max_total_wal_size = 2 * options.write_buffer_bytes;
  db.bytes_per_sync = 1 << 20;  // evens out the load of flushes and compactions
  db.info_log = std::make_shared<ServerLog>();
  db.stats_dump_period_sec = 0;  // pages of text for each keyspace
  return db;
}

rocksdb::CompressionType Compression() {
  const auto supported = rocksdb::GetSupportedCompressions();
  for (const auto type : {rocksdb::kLZ4Compression, rocksdb::kZSTD}) {
    if (absl::c_linear_search(supported, type)) return type;
  }
  return rocksdb::kNoCompression;
}

rocksdb::ColumnFamilyOptions FamilyOptions(const RocksDbOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.cache_bytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.whole_key_filtering = true;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  // Inside the cache's bound, and not the first to leave it.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  rocksdb::ColumnFamilyOptions family;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.write_buffer_size = std::max<size_t>(options.write_buffer_bytes / 4, 1 << 20);
  family.compression = Compression();
  family.level_compaction_dynamic_level_bytes = true;
  return family;
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
  const rocksdb::ColumnFamilyOptions family_options = FamilyOptions(options);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const char* name : names) descriptors.emplace_back(name, family_options);
  // Every database has it and must be opened with it.
  descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName, family_options);
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
