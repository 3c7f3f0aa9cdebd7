// Restoring. The files come into a directory within the data directory, which is not
// taken for a store as long as that is there; then they move, and it is removed. That it
// lies within, and not beside, is for data directories that are file systems of their
// own.

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "server/base/errors.h"
#include "server/base/failpoint.h"
#include "server/base/status_macros.h"
#include "server/kv/backup_directory.h"
#include "server/kv/backups.h"
#include "server/kv/data_directory.h"
#include "server/kv/rocksdb_backup.h"
#include "server/kv/rocksdb_synced_files.h"
#include "server/kv/rocksdb_types.h"

namespace labgraph::kv {
namespace {

namespace fs = std::filesystem;

absl::Status Failed(const std::string& path, const std::error_code& error) {
  return errors::StorageFailed(
      absl::StrCat("The restore into \"", path, "\" failed: ", error.message(),
                   ". Make room or mend the disk, then run it again."));
}

absl::Status Sync(const std::string& directory) {
  return ToStatus(SyncDirectory(*rocksdb::FileSystem::Default(), directory), directory,
                  "Mend the disk, then run the restore again");
}

// Refuses what holds anything but an interrupted restore.
absl::Status CheckPlace(const std::string& path) {
  ASSIGN_OR_RETURN(const DataDirectory found, InspectDataDirectory(path));
  if (found == DataDirectory::kAbsent || found == DataDirectory::kEmpty ||
      found == DataDirectory::kInterruptedRestore) {
    return absl::OkStatus();
  }
  return errors::StorageFailed(
      absl::StrCat("The data directory \"", path,
                   "\" holds a database, and a restore overwrites none; move it away or "
                   "choose another."));
}

// Leaves `path` with an empty directory for restoring and no other file.
absl::Status Prepare(const std::string& path, const std::string& restoring) {
  std::error_code error;
  const bool absent = !fs::exists(path, error);
  fs::create_directory(path, error);
  if (!error) fs::create_directory(restoring, error);
  if (error) return Failed(path, error);
  // From here on it is known for a restore, and all else in it is of no use.
  RETURN_IF_ERROR(Sync(path));
  if (absent) RETURN_IF_ERROR(Sync(fs::absolute(path, error).parent_path()));
  std::vector<fs::path> old;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path name = entry->path().filename();
    if (name != kRestoringDirectory && name != "lost+found") old.push_back(entry->path());
  }
  for (fs::directory_iterator entry(restoring, error), end; !error && entry != end;
       entry.increment(error)) {
    old.push_back(entry->path());
  }
  for (const fs::path& one : old) {
    if (!error) fs::remove_all(one, error);
  }
  return error ? Failed(path, error) : absl::OkStatus();
}

absl::Status CopyBackup(const std::string& directory, uint32_t id,
                        const rocksdb::BackupEngineReadOnly& engine,
                        const std::string& restoring) {
  RETURN_IF_ERROR(
      ToBackupStatus(engine.RestoreDBFromBackup(id, restoring, restoring), directory));
  return Sync(restoring);
}

// Lets the caller change the store, and proves that it can be opened.
absl::Status Finish(const RocksDbOptions& options, const std::string& restoring,
                    absl::Span<const char* const> names,
                    absl::FunctionRef<absl::Status(Store&)> finish) {
  RocksDbOptions there = options;
  there.path = restoring;
  there.create_if_missing = false;
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenRocksDb(there, names));
  return finish(*store);
}

absl::Status MoveUp(const std::string& path, const std::string& restoring) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(restoring, error), end; !error && entry != end;
       entry.increment(error)) {
    files.push_back(entry->path());
  }
  // Without its CURRENT it is no database, whoever looks.
  std::stable_partition(files.begin(), files.end(), [](const fs::path& file) {
    return file.filename() != "CURRENT";
  });
  for (const fs::path& file : files) {
    if (!error) fs::rename(file, fs::path(path) / file.filename(), error);
  }
  if (error) return Failed(path, error);
  RETURN_IF_ERROR(Sync(path));
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kRestoreEnd));
  fs::remove(restoring, error);
  return error ? Failed(path, error) : Sync(path);
}

}  // namespace

absl::StatusOr<bool> RestoreBackup(const std::string& directory, uint32_t id,
                                   const RocksDbOptions& options,
                                   absl::Span<const char* const> names,
                                   absl::FunctionRef<absl::Status(Store&)> finish) {
  RETURN_IF_ERROR(CheckBackupDirectory(directory, /*must_exist=*/true));
  RETURN_IF_ERROR(CheckPlace(options.path));
  rocksdb::BackupEngineReadOnly* opened = nullptr;
  RETURN_IF_ERROR(
      ToBackupStatus(rocksdb::BackupEngineReadOnly::Open(
                         BackupOptions(directory), rocksdb::Env::Default(), &opened),
                     directory));
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> engine(opened);
  rocksdb::BackupInfo info;
  const rocksdb::Status found = engine->GetBackupInfo(id, &info);
  if (found.IsNotFound()) return false;
  RETURN_IF_ERROR(ToBackupStatus(found, directory));
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kRestoreBegin));
  const std::string restoring = absl::StrCat(options.path, "/", kRestoringDirectory);
  RETURN_IF_ERROR(Prepare(options.path, restoring));
  RETURN_IF_ERROR(CopyBackup(directory, id, *engine, restoring));
  RETURN_IF_ERROR(Finish(options, restoring, names, finish));
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kRestoreMove));
  RETURN_IF_ERROR(MoveUp(options.path, restoring));
  return true;
}

}  // namespace labgraph::kv
