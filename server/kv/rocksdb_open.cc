#include "server/kv/rocksdb_open.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "server/base/errors.h"
#include "server/base/failpoint.h"
#include "server/base/log.h"
#include "server/base/status_macros.h"
#include "server/kv/data_directory.h"
#include "server/kv/rocksdb_database.h"
#include "server/kv/rocksdb_live_store.h"
#include "server/kv/rocksdb_synced_files.h"
#include "server/kv/rocksdb_types.h"

namespace labgraph::kv {
namespace {

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

// Everything that must be known before RocksDB may write. Gives what SYNCED says.
absl::StatusOr<SyncedFiles> CheckDirectory(const RocksDbOptions& options,
                                           absl::Span<const char* const> names) {
  ASSIGN_OR_RETURN(const DataDirectory found, InspectDataDirectory(options.path));
  if (found == DataDirectory::kInterruptedRestore) {
    return errors::StorageFailed(
        absl::StrCat("The data directory \"", options.path,
                     "\" holds a restore that was interrupted; run it again."));
  }
  if (found == DataDirectory::kAbsent || found == DataDirectory::kEmpty) {
    if (options.create_if_missing) return SyncedFiles();
    return errors::StorageFailed(
        absl::StrCat("There is no database in \"", options.path, "\"; check the path."));
  }
  ASSIGN_OR_RETURN(SyncedFiles synced, ReadSyncedFiles(options.path));
  // Only a directory of ours has one. It comes first, since a manifest that lost its end
  // may tell of other families than there are.
  if (!synced.extents.empty()) {
    RETURN_IF_ERROR(CheckNotInUse(options.path));
    RETURN_IF_ERROR(CheckSyncedFiles(options.path, synced));
  }
  RETURN_IF_ERROR(
      CheckFamilies(options.path, found == DataDirectory::kBlankDatabase, names));
  RETURN_IF_ERROR(CheckNotInUse(options.path));
  return synced;
}

// Makes the directory, so that it outlasts a power cut, where it is not there.
absl::Status MakeDirectory(rocksdb::FileSystem& files, const std::string& path) {
  std::error_code error;
  std::filesystem::path whole = std::filesystem::absolute(path, error).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();  // ended in '/'
  if (std::filesystem::exists(whole, error)) return absl::OkStatus();
  // Not ToStatus, for which a path that is not there is damage.
  const rocksdb::IOStatus made = files.CreateDir(whole, {}, nullptr);
  if (!made.ok()) {
    return Refuse(path, absl::StrCat("cannot be created: ", made.ToString()));
  }
  return ToStatus(SyncDirectory(files, whole.parent_path()), path,
                  "Check the disk and the rights along the path");
}

// Bytes of batches that are in no table yet: opening reads them back.
uint64_t LogBytes(const std::string& path) {
  uint64_t bytes = 0;
  std::error_code error;  // the database looks closer than this does
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (!absl::EndsWith(entry.path().string(), ".log")) continue;
    const uint64_t size = entry.file_size(error);
    if (!error) bytes += size;
  }
  return bytes;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksDbOn(
    std::shared_ptr<rocksdb::FileSystem> files, const RocksDbOptions& options,
    absl::Span<const char* const> names) {
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kOpenBegin));
  ASSIGN_OR_RETURN(SyncedFiles synced, CheckDirectory(options, names));
  RETURN_IF_ERROR(MakeDirectory(*files, options.path));
  ASSIGN_OR_RETURN(std::shared_ptr<rocksdb::FileSystem> noting,
                   NoteSyncedFiles(files, options.path, std::move(synced)));
  const uint64_t log_bytes = LogBytes(options.path);
  const absl::Time begin = absl::Now();
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database,
                   Database::Open(Database::Access::kWrite, options, names,
                                  rocksdb::NewCompositeEnv(noting)));
  if (log_bytes > 0) {
    Log(LogLevel::kInfo,
        absl::StrCat("recovered ", log_bytes, " bytes of batches from the log in ",
                     absl::ToInt64Milliseconds(absl::Now() - begin), " ms"));
  }
  RETURN_IF_ERROR(failpoint::Reach(Failpoint::kOpenEnd));
  return std::make_unique<RocksDbStore>(std::move(database), options.ingest_bytes);
}

absl::StatusOr<std::unique_ptr<Store>> OpenRocksDb(const RocksDbOptions& options,
                                                   absl::Span<const char* const> names) {
  return OpenRocksDbOn(rocksdb::FileSystem::Default(), options, names);
}

}  // namespace labgraph::kv
