#include "server/kv/rocksdb_synced_files.h"

#include <filesystem>
#include <map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "server/base/log.h"
#include "server/base/status_macros.h"
#include "server/kv/rocksdb_types.h"

namespace labgraph::kv {
namespace {

using rocksdb::FileOptions;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

// The file SYNCED, open. Thread-safe.
class SyncedRecord {
 public:
  SyncedRecord(std::unique_ptr<rocksdb::FSRandomRWFile> file, SyncedFiles synced)
      : synced_(std::move(synced)), file_(std::move(file)) {}

  // A file was made whose name may not survive. Not said before it is there: a sync of
  // the directory that comes between would take it for named.
  void Begin(const std::string& name) {
    absl::MutexLock lock(&mu_);
    unnamed_[name] = Extent();
  }

  void Note(const std::string& name, const Extent& extent) {
    absl::MutexLock lock(&mu_);
    const auto unnamed = unnamed_.find(name);
    if (unnamed != unnamed_.end()) {
      unnamed->second = extent;
      return;
    }
    synced_.extents[name] = extent;
    WriteOrWarn();
  }

  std::map<std::string, Extent> unnamed() const {
    absl::MutexLock lock(&mu_);
    return unnamed_;
  }
  // These were made before the directory was synced.
  void Name(const std::map<std::string, Extent>& names) {
    absl::MutexLock lock(&mu_);
    for (const auto& [name, extent] : names) {
      const auto unnamed = unnamed_.extract(name);
      if (!unnamed.empty()) synced_.extents[name] = unnamed.mapped();
    }
    if (!names.empty()) WriteOrWarn();
  }

  // The file is of no more use. Durable when it is OK.
  IOStatus Forget(const std::string& name) {
    absl::MutexLock lock(&mu_);
    unnamed_.erase(name);
    auto forgotten = synced_.extents.extract(name);
    if (forgotten.empty()) return IOStatus::OK();
    // Both records: the older one would ask for the file as well.
    IOStatus status = Write();
    if (status.ok()) status = Write();
    if (status.ok()) status = file_->Sync(IOOptions(), nullptr);
    if (!status.ok()) synced_.extents.insert(std::move(forgotten));
    return status;
  }

 private:
  IOStatus Write() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    ++synced_.generation;
    return file_->Write(synced_.generation % 2 * kSyncedSlotBytes, synced_.Encode(),
                        IOOptions(), nullptr);
  }

  // Where it cannot be written it says less than there is, and no more.
  void WriteOrWarn() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    const IOStatus status = Write();
    if (status.ok() || warned_) return;
    Log(LogLevel::kWarning, absl::StrCat(kSyncedFile, ": ", status.ToString()));
    warned_ = true;
  }

  mutable absl::Mutex mu_;
  SyncedFiles synced_ ABSL_GUARDED_BY(mu_);
  // Files whose names are not known to be on disk, with what was synced of them.
  std::map<std::string, Extent> unnamed_ ABSL_GUARDED_BY(mu_);
  bool warned_ ABSL_GUARDED_BY(mu_) = false;
  const std::unique_ptr<rocksdb::FSRandomRWFile> file_;
};

// A log or manifest. Appending is one thread's at a time; syncs may run beside it.
class NotedFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  NotedFile(std::unique_ptr<FSWritableFile> file, std::string name,
            std::shared_ptr<SyncedRecord> record)
      : FSWritableFileOwnerWrapper(std::move(file)),
        name_(std::move(name)),
        record_(std::move(record)) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  IODebugContext* dbg) override {
    const IOStatus status = FSWritableFileOwnerWrapper::Append(data, options, dbg);
    return Appended(data, status);
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& verification,
                  IODebugContext* dbg) override {
    const IOStatus status =
        FSWritableFileOwnerWrapper::Append(data, options, verification, dbg);
    return Appended(data, status);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* dbg) override {
    const Extent extent = Written();
    const IOStatus status = FSWritableFileOwnerWrapper::Sync(options, dbg);
    return Synced(extent, status);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    const Extent extent = Written();
    const IOStatus status = FSWritableFileOwnerWrapper::Fsync(options, dbg);
    return Synced(extent, status);
  }

 private:
  Extent Written() {
    absl::MutexLock lock(&mu_);
    return written_;
  }
  IOStatus Appended(const rocksdb::Slice& data, const IOStatus& status) {
    absl::MutexLock lock(&mu_);
    if (status.ok()) {
      written_.Append(ToView(data));
    } else {
      failed_ = true;
    }
    return status;
  }
  IOStatus Synced(const Extent& extent, const IOStatus& status) {
    absl::MutexLock lock(&mu_);
    if (status.ok() && !failed_) record_->Note(name_, extent);
    return status;
  }

  const std::string name_;
  const std::shared_ptr<SyncedRecord> record_;
  absl::Mutex mu_;
  Extent written_ ABSL_GUARDED_BY(mu_);
  bool failed_ ABSL_GUARDED_BY(mu_) = false;  // what it holds is no longer known
};

// The data directory.
class NotedDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  NotedDirectory(std::unique_ptr<rocksdb::FSDirectory> directory,
                 std::shared_ptr<SyncedRecord> record)
      : FSDirectoryWrapper(std::move(directory)), record_(std::move(record)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    const auto unnamed = record_->unnamed();
    const IOStatus status = FSDirectoryWrapper::Fsync(options, dbg);
    if (status.ok()) record_->Name(unnamed);
    return status;
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* dbg,
                               const rocksdb::DirFsyncOptions& how) override {
    const auto unnamed = record_->unnamed();
    const IOStatus status = FSDirectoryWrapper::FsyncWithDirOptions(options, dbg, how);
    if (status.ok()) record_->Name(unnamed);
    return status;
  }

 private:
  const std::shared_ptr<SyncedRecord> record_;
};

std::string Normal(const std::string& path) {
  const std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();  // ended in '/'
}

class NotingFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  NotingFileSystem(const std::shared_ptr<rocksdb::FileSystem>& files,
                   const std::string& directory, std::shared_ptr<SyncedRecord> record)
      : FileSystemWrapper(files),
        directory_(Normal(directory)),
        record_(std::move(record)) {}

  const char* Name() const override { return "labgraph.NotingFileSystem"; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<FSWritableFile>* file,
                           IODebugContext* dbg) override {
    const std::string name = std::filesystem::path(path).filename();
    if (!IsAppendedFile(name)) {
      return target_->NewWritableFile(path, options, file, dbg);
    }
    IOStatus status = record_->Forget(name);  // a former one of that name
    if (status.ok()) status = target_->NewWritableFile(path, options, file, dbg);
    if (!status.ok()) return status;
    record_->Begin(name);
    *file = std::make_unique<NotedFile>(std::move(*file), name, record_);
    return status;
  }

  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* directory,
                        IODebugContext* dbg) override {
    const IOStatus status = target_->NewDirectory(path, options, directory, dbg);
    if (status.ok() && Normal(path) == directory_) {
      *directory = std::make_unique<NotedDirectory>(std::move(*directory), record_);
    }
    return status;
  }

  // CURRENT must not reach the disk without the name of the manifest it tells.
  IOStatus RenameFile(const std::string& from, const std::string& to,
                      const IOOptions& options, IODebugContext* dbg) override {
    IOStatus status;
    if (std::filesystem::path(to).filename() == "CURRENT") {
      status = SyncDirectory(*target_, directory_);
    }
    return status.ok() ? target_->RenameFile(from, to, options, dbg) : status;
  }

  IOStatus DeleteFile(const std::string& path, const IOOptions& options,
                      IODebugContext* dbg) override {
    const IOStatus status = record_->Forget(std::filesystem::path(path).filename());
    return status.ok() ? target_->DeleteFile(path, options, dbg) : status;
  }

 private:
  const std::string directory_;
  const std::shared_ptr<SyncedRecord> record_;
};

// A SYNCED that asks for nothing. It need not survive a power cut.
IOStatus MakeFile(rocksdb::FileSystem& files, const std::string& path) {
  std::unique_ptr<FSWritableFile> file;
  IOStatus status = files.NewWritableFile(path, FileOptions(), &file, nullptr);
  if (!status.ok()) return status;
  std::string content = SyncedFiles().Encode();
  content.resize(2 * kSyncedSlotBytes, '\n');
  status = file->Append(content, IOOptions(), nullptr);
  if (status.ok()) status = file->Sync(IOOptions(), nullptr);
  if (status.ok()) status = file->Close(IOOptions(), nullptr);
  return status;
}

}  // namespace

absl::StatusOr<std::shared_ptr<rocksdb::FileSystem>> NoteSyncedFiles(
    std::shared_ptr<rocksdb::FileSystem> files, const std::string& directory,
    SyncedFiles synced) {
  const std::string path = absl::StrCat(directory, "/", kSyncedFile);
  IOStatus status = files->FileExists(path, IOOptions(), nullptr);
  if (status.IsNotFound()) status = MakeFile(*files, path);
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  if (status.ok()) status = files->NewRandomRWFile(path, FileOptions(), &file, nullptr);
  RETURN_IF_ERROR(ToStatus(status, path, "Check the disk"));
  auto record = std::make_shared<SyncedRecord>(std::move(file), std::move(synced));
  return std::make_shared<NotingFileSystem>(files, directory, std::move(record));
}

IOStatus SyncDirectory(rocksdb::FileSystem& files, const std::string& directory) {
  std::unique_ptr<rocksdb::FSDirectory> handle;
  IOStatus status = files.NewDirectory(directory, IOOptions(), &handle, nullptr);
  if (status.ok()) status = handle->Fsync(IOOptions(), nullptr);
  return status;
}

}  // namespace labgraph::kv
