#include "server/kv/rocksdb_backup.h"

#include <filesystem>
#include <functional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "server/base/errors.h"
#include "server/base/failpoint.h"
#include "server/base/status_macros.h"
#include "server/kv/backup_directory.h"
#include "server/kv/backups.h"
#include "server/kv/rocksdb_database.h"
#include "server/kv/rocksdb_live_store.h"
#include "server/kv/rocksdb_snapshot.h"
#include "server/kv/rocksdb_synced_files.h"
#include "server/kv/rocksdb_types.h"

namespace labgraph::kv {
namespace {

// Bytes copied from one progress report to the next.
constexpr uint64_t kReportBytes = 64 << 10;

// The files of databases, telling when one is read. A backup engine first asks the
// database which files make it up, and how much of each, and then reads them.
class ReadNotice final : public rocksdb::FileSystemWrapper {
 public:
  ReadNotice() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

  const char* Name() const override { return "labgraph.ReadNotice"; }

  void OnRead(std::function<void()> call) {
    absl::MutexLock lock(&mu_);
    call_ = std::move(call);
  }

  rocksdb::IOStatus NewSequentialFile(const std::string& path,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* dbg) override {
    Tell();
    return target_->NewSequentialFile(path, options, file, dbg);
  }
  rocksdb::IOStatus NewRandomAccessFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
      rocksdb::IODebugContext* dbg) override {
    Tell();
    return target_->NewRandomAccessFile(path, options, file, dbg);
  }

 private:
  void Tell() {
    absl::MutexLock lock(&mu_);
    if (call_) call_();
  }

  absl::Mutex mu_;
  std::function<void()> call_ ABSL_GUARDED_BY(mu_);
};

// A snapshot of a database that it owns.
class OwningSnapshot final : public Snapshot {
 public:
  explicit OwningSnapshot(std::unique_ptr<Database> database)
      : database_(std::move(database)),
        snapshot_(database_->db(), database_->families()) {}

  absl::StatusOr<absl::optional<std::string>> Get(Keyspace keyspace,
                                                  absl::string_view key) const override {
    return snapshot_.Get(keyspace, key);
  }
  std::unique_ptr<Cursor> NewCursor(Keyspace keyspace) const override {
    return snapshot_.NewCursor(keyspace);
  }

 private:
  const std::unique_ptr<Database> database_;
  const RocksDbSnapshot snapshot_;
};

BackupInfo ToInfo(const rocksdb::BackupInfo& info) {
  return {info.backup_id, absl::FromUnixSeconds(info.timestamp), info.size,
          info.number_files, info.app_metadata};
}

class RocksDbBackups final : public Backups {
 public:
  explicit RocksDbBackups(std::string directory)
      : directory_(std::move(directory)),
        files_(std::make_shared<ReadNotice>()),
        env_(rocksdb::NewCompositeEnv(files_)) {}

  ~RocksDbBackups() override {
    engine_.reset();
    if (lock_ != nullptr) rocksdb::Env::Default()->UnlockFile(lock_);
  }

  absl::Status OpenEngine() {
    RETURN_IF_ERROR(
        Check(rocksdb::Env::Default()->LockFile(directory_ + "/LOCK", &lock_)));
    rocksdb::BackupEngine* engine = nullptr;
    RETURN_IF_ERROR(Check(
        rocksdb::BackupEngine::Open(BackupOptions(directory_), env_.get(), &engine)));
    engine_.reset(engine);
    return absl::OkStatus();
  }

  absl::StatusOr<BackupInfo> Create(
      Store& store,
      absl::FunctionRef<absl::StatusOr<std::string>(const Snapshot&)> describe) override;

  std::vector<BackupInfo> List() const override {
    absl::ReaderMutexLock lock(&mu_);
    std::vector<rocksdb::BackupInfo> found;
    engine_->GetBackupInfo(&found);
    std::vector<BackupInfo> backups;
    for (const rocksdb::BackupInfo& info : found) backups.push_back(ToInfo(info));
    return backups;
  }

  absl::StatusOr<absl::optional<BackupInfo>> Verify(uint32_t id) const override {
    absl::ReaderMutexLock lock(&mu_);
    ASSIGN_OR_RETURN(const absl::optional<rocksdb::BackupInfo> info, Find(id));
    if (!info.has_value()) return absl::nullopt;
    RETURN_IF_ERROR(Check(engine_->VerifyBackup(id, /*verify_with_checksum=*/true)));
    return ToInfo(*info);
  }

  absl::StatusOr<bool> Delete(uint32_t id) override {
    absl::MutexLock lock(&mu_);
    const absl::StatusOr<absl::optional<rocksdb::BackupInfo>> info = Find(id);
    // A damaged one can be deleted like any other.
    if (info.ok() && !info->has_value()) return false;
    RETURN_IF_ERROR(Check(engine_->DeleteBackup(id)));
    return true;
  }

  absl::StatusOr<std::shared_ptr<const Snapshot>> Open(
      uint32_t id, absl::Span<const char* const> names) const override {
    absl::ReaderMutexLock lock(&mu_);
    ASSIGN_OR_RETURN(const absl::optional<rocksdb::BackupInfo> info, Find(id));
    if (!info.has_value()) return nullptr;
    RocksDbOptions options;
    options.path = info->name_for_open;
    ASSIGN_OR_RETURN(
        std::unique_ptr<Database> database,
        Database::Open(Database::Access::kRead, options, names, info->env_for_open));
    return std::make_shared<OwningSnapshot>(std::move(database));
  }

 private:
  absl::Status Check(const rocksdb::Status& status) const {
    return ToBackupStatus(status, directory_);
  }

  absl::StatusOr<absl::optional<rocksdb::BackupInfo>> Find(uint32_t id) const {
    rocksdb::BackupInfo info;
    const rocksdb::Status status =
        engine_->GetBackupInfo(id, &info, /*include_file_details=*/true);
    if (status.IsNotFound()) return absl::nullopt;
    RETURN_IF_ERROR(Check(status));
    return info;
  }

  absl::StatusOr<rocksdb::BackupID> Copy(rocksdb::DB* db, const std::string& description);

  const std::string directory_;
  const std::shared_ptr<ReadNotice> files_;
  const std::unique_ptr<rocksdb::Env> env_;
  rocksdb::FileLock* lock_ = nullptr;
  std::unique_ptr<rocksdb::BackupEngine> engine_;
  // The engine has such a lock too, but waiting for that Create would keep the store from
  // being written.
  mutable absl::Mutex mu_;
};

absl::StatusOr<BackupInfo> RocksDbBackups::Create(
    Store& store,
    absl::FunctionRef<absl::StatusOr<std::string>(const Snapshot&)> describe) {
  auto* const live = dynamic_cast<RocksDbStore*>(&store);
  if (live == nullptr) {
    return errors::StorageFailed(
        "A store in memory has no files to make a backup of; start the server with "
        "--data.");
  }
  absl::MutexLock lock(&mu_);
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kBackupBegin));
  // Which files there are and how much of each must be asked while nothing is written: a
  // batch that is ingested in between would be missing, and a later one in the log not.
  live->gate().Close();
  const absl::Cleanup open = [&] {
    files_->OnRead(nullptr);
    live->gate().Open();
  };
  RETURN_IF_ERROR(live->failure());
  ASSIGN_OR_RETURN(const std::string description, describe(*live->GetSnapshot()));
  files_->OnRead([live] { live->gate().Open(); });
  absl::StatusOr<rocksdb::BackupID> id = Copy(live->database().db(), description);
  if (!id.ok()) {
    // Half a backup would take up room, perhaps of a disk that has none.
    engine_->GarbageCollect().PermitUncheckedError();
    return id.status();
  }
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kBackupEnd));
  ASSIGN_OR_RETURN(const absl::optional<rocksdb::BackupInfo> info, Find(*id));
  if (info.has_value()) return ToInfo(*info);
  return errors::StorageFailed(absl::StrCat("The backup made in \"", directory_,
                                            "\" is not there; check the disk."));
}

absl::StatusOr<rocksdb::BackupID> RocksDbBackups::Copy(rocksdb::DB* db,
                                                       const std::string& description) {
  absl::Mutex mu;
  absl::Status stopped;
  rocksdb::CreateBackupOptions options;
  options.progress_callback = [&] {
    const absl::Status status = failpoint::Reach(Failpoint::kBackupCopy);
    if (status.ok()) return;
    absl::MutexLock lock(&mu);
    stopped = status;  // an engine that was told to stop makes no other backup
  };
  rocksdb::BackupID id = 0;
  const rocksdb::Status status =
      engine_->CreateNewBackupWithMetadata(options, db, description, &id);
  RETURN_IF_ERROR(Check(status));
  absl::MutexLock lock(&mu);
  if (stopped.ok()) return id;
  RETURN_IF_ERROR(Check(engine_->DeleteBackup(id)));
  return stopped;
}

}  // namespace

rocksdb::BackupEngineOptions BackupOptions(const std::string& directory) {
  rocksdb::BackupEngineOptions options(directory);
  options.sync = true;
  options.share_table_files = true;
  options.share_files_with_checksum = true;
  options.callback_trigger_interval_size = kReportBytes;
  return options;
}

absl::Status ToBackupStatus(const rocksdb::Status& status, const std::string& directory) {
  // A file of a backup that is not there is damage.
  if (status.IsCorruption() || status.IsNotFound()) {
    return ToStatus(rocksdb::Status::Corruption(status.ToString()), directory,
                    "The backup cannot be used: take another, and make a new one");
  }
  return ToStatus(status, directory,
                  "Check the disk of the backup directory, its room and rights, and that "
                  "no other labgraphd uses it");
}

absl::StatusOr<std::unique_ptr<Backups>> OpenBackups(const std::string& directory) {
  RETURN_IF_ERROR(CheckBackupDirectory(directory, /*must_exist=*/false));
  rocksdb::FileSystem& files = *rocksdb::FileSystem::Default();
  rocksdb::IOStatus made = files.CreateDirIfMissing(directory, {}, nullptr);
  RETURN_IF_ERROR(ToBackupStatus(made, directory));
  auto backups = std::make_unique<RocksDbBackups>(directory);
  RETURN_IF_ERROR(backups->OpenEngine());
  return backups;
}

}  // namespace labgraph::kv
