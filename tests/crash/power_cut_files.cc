#include "tests/crash/power_cut_files.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace labgraph::crash {

namespace fs = std::filesystem;
using rocksdb::FSDirectory;
using rocksdb::FSRandomRWFile;
using rocksdb::FSWritableFile;
using rocksdb::Slice;
using IOStatus = rocksdb::IOStatus;
using IOOptions = rocksdb::IOOptions;
using IODebugContext = rocksdb::IODebugContext;

namespace {

// RocksDB writes "store//CURRENT" now and then.
std::string Normal(const std::string& path) { return fs::path(path).lexically_normal(); }

std::string ReadAt(const std::string& path, uint64_t offset, size_t size) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  std::string bytes(size, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<size_t>(file.gcount()));
  return bytes;
}

void WriteAt(const std::string& path, uint64_t offset, const std::string& bytes) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(offset));
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  EXPECT_TRUE(file.good()) << path;
}

}  // namespace

class CutFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  CutFile(std::unique_ptr<FSWritableFile> file, PowerCutFiles* owner,
          std::shared_ptr<PowerCutFiles::Node> node)
      : FSWritableFileOwnerWrapper(std::move(file)),
        owner_(owner),
        node_(std::move(node)) {}

  IOStatus Append(const Slice& data, const IOOptions& options,
                  IODebugContext* dbg) override {
    absl::MutexLock lock(&owner_->mu_);
    IOStatus status = owner_->Change();
    if (status.ok()) status = target()->Append(data, options, dbg);
    if (status.ok()) node_->written += data.size();
    return status;
  }
  IOStatus Append(const Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& verification,
                  IODebugContext* dbg) override {
    return Append(data, options, dbg);
  }
  IOStatus Truncate(uint64_t size, const IOOptions& options,
                    IODebugContext* dbg) override {
    absl::MutexLock lock(&owner_->mu_);
    IOStatus status = owner_->Change();
    if (status.ok()) status = target()->Truncate(size, options, dbg);
    if (status.ok()) node_->written = size;
    return status;
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* dbg) override {
    absl::MutexLock lock(&owner_->mu_);
    const IOStatus status = owner_->Change();
    if (status.ok() && !owner_->ignore_syncs_) node_->synced = node_->written;
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    return Sync(options, dbg);
  }
  // Tells the kernel to begin; nothing is known to be on disk after it.
  IOStatus RangeSync(uint64_t offset, uint64_t bytes, const IOOptions& options,
                     IODebugContext* dbg) override {
    return IOStatus::OK();
  }

 private:
  PowerCutFiles* const owner_;
  const std::shared_ptr<PowerCutFiles::Node> node_;
};

class CutRandomFile final : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  CutRandomFile(std::unique_ptr<FSRandomRWFile> file, PowerCutFiles* owner,
                std::shared_ptr<PowerCutFiles::Node> node)
      : FSRandomRWFileOwnerWrapper(std::move(file)),
        owner_(owner),
        node_(std::move(node)) {}

  IOStatus Write(uint64_t offset, const Slice& data, const IOOptions& options,
                 IODebugContext* dbg) override {
    absl::MutexLock lock(&owner_->mu_);
    IOStatus status = owner_->Change();
    if (!status.ok()) return status;
    std::vector<std::string>& versions = node_->versions[offset];
    if (versions.empty()) versions.push_back(ReadAt(node_->place, offset, data.size()));
    versions.push_back(data.ToString());
    return FSRandomRWFileOwnerWrapper::Write(offset, data, options, dbg);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* dbg) override {
    absl::MutexLock lock(&owner_->mu_);
    const IOStatus status = owner_->Change();
    if (status.ok() && !owner_->ignore_syncs_) node_->versions.clear();
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    return Sync(options, dbg);
  }

 private:
  PowerCutFiles* const owner_;
  const std::shared_ptr<PowerCutFiles::Node> node_;
};

class CutDirectory final : public FSDirectory {
 public:
  CutDirectory(PowerCutFiles* owner, std::string path)
      : owner_(owner), path_(std::move(path)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    absl::MutexLock lock(&owner_->mu_);
    const IOStatus status = owner_->Change();
    if (status.ok() && !owner_->ignore_syncs_) owner_->SyncNames(path_);
    return status;
  }
  IOStatus Close(const IOOptions& options, IODebugContext* dbg) override {
    return IOStatus::OK();
  }

 private:
  PowerCutFiles* const owner_;
  const std::string path_;
};

PowerCutFiles::PowerCutFiles(const std::string& root, uint64_t seed)
    : FileSystemWrapper(rocksdb::FileSystem::Default()),
      root_(Normal(root)),
      aside_(root_ + ".aside"),
      random_(seed) {
  absl::MutexLock lock(&mu_);
  fs::create_directory(aside_);
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    if (!entry.is_regular_file()) continue;
    auto node = std::make_shared<Node>();
    node->place = entry.path();
    node->synced = node->written = entry.file_size();
    now_[entry.path()] = node;
  }
  synced_ = now_;
}

void PowerCutFiles::CutAt(uint64_t n) {
  absl::MutexLock lock(&mu_);
  cut_at_ = n == 0 ? 0 : changes_ + n;
}

bool PowerCutFiles::is_cut() const {
  absl::MutexLock lock(&mu_);
  return cut_;
}

uint64_t PowerCutFiles::changes() const {
  absl::MutexLock lock(&mu_);
  return changes_;
}

IOStatus PowerCutFiles::Change() {
  ++changes_;
  if (changes_ == cut_at_) cut_ = true;
  return cut_ ? IOStatus::IOError("the power is cut") : IOStatus::OK();
}

void PowerCutFiles::SetAside(const std::string& path) {
  const auto it = now_.find(path);
  if (it == now_.end()) return;
  const std::string place = absl::StrCat(aside_, "/", ++set_aside_);
  std::error_code error;
  fs::rename(path, place, error);
  if (!error && it->second->place == path) it->second->place = place;
  now_.erase(it);
}

void PowerCutFiles::SyncNames(const std::string& directory) {
  const auto is_in = [&](const std::string& path) {
    return fs::path(path).parent_path() == directory;
  };
  std::erase_if(synced_, [&](const auto& entry) { return is_in(entry.first); });
  for (const auto& [path, node] : now_) {
    if (is_in(path)) synced_[path] = node;
  }
  std::erase_if(new_directories_, is_in);
}

IOStatus PowerCutFiles::NewWritableFile(const std::string& given,
                                        const FileOptions& options,
                                        std::unique_ptr<FSWritableFile>* file,
                                        IODebugContext* dbg) {
  const std::string path = Normal(given);
  absl::MutexLock lock(&mu_);
  IOStatus status = Change();
  if (!status.ok()) return status;
  SetAside(path);
  status = target_->NewWritableFile(path, options, file, dbg);
  if (!status.ok()) return status;
  auto node = std::make_shared<Node>();
  node->place = path;
  now_[path] = node;
  *file = std::make_unique<CutFile>(std::move(*file), this, std::move(node));
  return status;
}

IOStatus PowerCutFiles::ReopenWritableFile(const std::string& given,
                                           const FileOptions& options,
                                           std::unique_ptr<FSWritableFile>* file,
                                           IODebugContext* dbg) {
  const std::string path = Normal(given);
  absl::MutexLock lock(&mu_);
  IOStatus status = Change();
  if (status.ok()) status = target_->ReopenWritableFile(path, options, file, dbg);
  if (!status.ok()) return status;
  *file = std::make_unique<CutFile>(std::move(*file), this, now_.at(path));
  return status;
}

IOStatus PowerCutFiles::NewRandomRWFile(const std::string& given,
                                        const FileOptions& options,
                                        std::unique_ptr<FSRandomRWFile>* file,
                                        IODebugContext* dbg) {
  const std::string path = Normal(given);
  absl::MutexLock lock(&mu_);
  const IOStatus status = target_->NewRandomRWFile(path, options, file, dbg);
  if (!status.ok()) return status;
  *file = std::make_unique<CutRandomFile>(std::move(*file), this, now_.at(path));
  return status;
}

IOStatus PowerCutFiles::NewDirectory(const std::string& path, const IOOptions& options,
                                     std::unique_ptr<FSDirectory>* directory,
                                     IODebugContext* dbg) {
  const IOStatus status = target_->NewDirectory(path, options, directory, dbg);
  if (!status.ok()) return status;
  std::string normal = Normal(path);
  if (absl::EndsWith(normal, "/")) normal.pop_back();
  *directory = std::make_unique<CutDirectory>(this, std::move(normal));
  return status;
}

IOStatus PowerCutFiles::CreateDir(const std::string& path, const IOOptions& options,
                                  IODebugContext* dbg) {
  absl::MutexLock lock(&mu_);
  IOStatus status = Change();
  if (status.ok()) status = target_->CreateDir(path, options, dbg);
  if (status.ok()) new_directories_.insert(Normal(path));
  return status;
}

IOStatus PowerCutFiles::DeleteFile(const std::string& given, const IOOptions& options,
                                   IODebugContext* dbg) {
  const std::string path = Normal(given);
  absl::MutexLock lock(&mu_);
  const IOStatus status = Change();
  if (!status.ok()) return status;
  if (!now_.contains(path)) return target_->DeleteFile(path, options, dbg);
  SetAside(path);
  return status;
}

IOStatus PowerCutFiles::RenameFile(const std::string& given_from,
                                   const std::string& given_to, const IOOptions& options,
                                   IODebugContext* dbg) {
  const std::string from = Normal(given_from);
  const std::string to = Normal(given_to);
  absl::MutexLock lock(&mu_);
  IOStatus status = Change();
  if (!status.ok()) return status;
  SetAside(to);
  status = target_->RenameFile(from, to, options, dbg);
  if (!status.ok()) return status;
  const std::shared_ptr<Node> node = now_.at(from);
  now_.erase(from);
  node->place = to;
  now_[to] = node;
  return status;
}

IOStatus PowerCutFiles::LinkFile(const std::string& given_from,
                                 const std::string& given_to, const IOOptions& options,
                                 IODebugContext* dbg) {
  const std::string from = Normal(given_from);
  const std::string to = Normal(given_to);
  absl::MutexLock lock(&mu_);
  IOStatus status = Change();
  if (status.ok()) status = target_->LinkFile(from, to, options, dbg);
  if (!status.ok()) return status;
  now_[to] = now_.at(from);
  now_[to]->place = to;
  return status;
}

void PowerCutFiles::LoseBytes(Node& node) {
  std::error_code error;
  if (!fs::exists(node.place, error)) return;
  if (node.versions.empty()) {
    const uint64_t unsynced = node.written - std::min(node.written, node.synced);
    const uint64_t choice = Below(3);
    const uint64_t kept = choice == 0 ? 0 : choice == 1 ? unsynced : Below(unsynced + 1);
    fs::resize_file(node.place, node.synced + kept);
    return;
  }
  bool torn = false;
  for (const auto& [offset, versions] : node.versions) {
    // In order, up to the one that was the last to reach the disk, perhaps in half.
    const uint64_t last = Below(versions.size());
    for (uint64_t i = 0; i <= last; ++i) WriteAt(node.place, offset, versions[i]);
    if (torn || last + 1 == versions.size() || Below(2) == 0) continue;
    const std::string& next = versions[last + 1];
    WriteAt(node.place, offset, next.substr(0, Below(next.size())));
    torn = true;
  }
}

PowerCutFiles::Names PowerCutFiles::NamesLeft() {
  std::set<std::string> paths;
  for (const Names* names : {&now_, &synced_}) {
    for (const auto& [path, node] : *names) paths.insert(path);
  }
  std::set<std::string> lost_directories;
  for (const std::string& directory : new_directories_) {
    if (Below(2) == 0) lost_directories.insert(directory);
  }
  const auto at = [](const Names& names, const std::string& path) {
    const auto it = names.find(path);
    return it == names.end() ? nullptr : it->second;
  };
  Names left;
  for (const std::string& path : paths) {
    if (lost_directories.contains(fs::path(path).parent_path())) continue;
    const std::shared_ptr<Node> node = at(Below(2) == 0 ? now_ : synced_, path);
    if (node != nullptr) left[path] = node;
  }
  return left;
}

void PowerCutFiles::LosePower() {
  absl::MutexLock lock(&mu_);
  const Names left = NamesLeft();
  std::set<Node*> nodes;
  for (const auto& [path, node] : left) nodes.insert(node.get());
  for (Node* node : nodes) LoseBytes(*node);
  const fs::path disk = root_ + ".disk";
  fs::create_directory(disk);
  for (const auto& [path, node] : left) {
    if (!fs::exists(node->place)) continue;  // removed past this class
    const fs::path place = disk / fs::path(path).lexically_relative(root_);
    fs::create_directories(place.parent_path());
    fs::create_hard_link(node->place, place);
  }
  fs::remove_all(root_);
  fs::remove_all(aside_);
  fs::rename(disk, root_);
}

}  // namespace labgraph::crash
