#ifndef LABGRAPH_TESTS_CRASH_POWER_CUT_FILES_H_
#define LABGRAPH_TESTS_CRASH_POWER_CUT_FILES_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/file_system.h"

namespace labgraph::crash {

// The files below a directory as a disk keeps them that loses, when its power is cut,
// what was not synced:
// - of a file that is appended to, any part of what came after its last sync;
// - of one that is written in places, any of the writes since, one of them in the middle;
// - of the names in a directory, any that were made, changed or removed since the
//   directory was synced.
// Nothing is truly synced, so that a test of it is fast. Thread-safe.
class PowerCutFiles final : public rocksdb::FileSystemWrapper {
 public:
  // What is below `root` is on disk. `root` ends without '/'.
  PowerCutFiles(const std::string& root, uint64_t seed);

  // The power goes just before the n-th change from now; 0 is never.
  void CutAt(uint64_t n);
  bool is_cut() const;
  // Changes so far.
  uint64_t changes() const;
  // Syncs do nothing from now on, for proving that a test finds it.
  void IgnoreSyncs() { ignore_syncs_ = true; }

  // Turns the files into what a disk may hold after the power went. REQUIRES: none of
  // them is open, and none is used through this any more.
  void LosePower();

  const char* Name() const override { return "labgraph.PowerCutFiles"; }

  using IOStatus = rocksdb::IOStatus;
  using FileOptions = rocksdb::FileOptions;
  using IOOptions = rocksdb::IOOptions;
  using IODebugContext = rocksdb::IODebugContext;

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext* dbg) override;
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<rocksdb::FSWritableFile>* file,
                              IODebugContext* dbg) override;
  IOStatus NewRandomRWFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                           IODebugContext* dbg) override;
  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* directory,
                        IODebugContext* dbg) override;
  IOStatus CreateDir(const std::string& path, const IOOptions& options,
                     IODebugContext* dbg) override;
  IOStatus DeleteFile(const std::string& path, const IOOptions& options,
                      IODebugContext* dbg) override;
  IOStatus RenameFile(const std::string& from, const std::string& to,
                      const IOOptions& options, IODebugContext* dbg) override;
  IOStatus LinkFile(const std::string& from, const std::string& to,
                    const IOOptions& options, IODebugContext* dbg) override;

 private:
  friend class CutFile;
  friend class CutRandomFile;
  friend class CutDirectory;

  // A file, whatever its names.
  struct Node {
    std::string place;  // where its bytes are
    uint64_t synced = 0;
    uint64_t written = 0;
    // What stood at an offset at the last sync, and each write there since.
    std::map<uint64_t, std::vector<std::string>> versions;
  };
  using Names = std::map<std::string, std::shared_ptr<Node>>;

  // Counts a change; an error where the power is gone.
  IOStatus Change() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  // Moves the file of a name that goes out of reach.
  void SetAside(const std::string& path) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void SyncNames(const std::string& directory) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void LoseBytes(Node& node) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  Names NamesLeft() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  uint64_t Below(uint64_t bound) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return random_() % bound;
  }

  const std::string root_;
  const std::string aside_;
  std::atomic<bool> ignore_syncs_ = false;

  mutable absl::Mutex mu_;
  std::mt19937_64 random_ ABSL_GUARDED_BY(mu_);
  uint64_t changes_ ABSL_GUARDED_BY(mu_) = 0;
  uint64_t cut_at_ ABSL_GUARDED_BY(mu_) = 0;
  bool cut_ ABSL_GUARDED_BY(mu_) = false;
  uint64_t set_aside_ ABSL_GUARDED_BY(mu_) = 0;
  Names now_ ABSL_GUARDED_BY(mu_);
  Names synced_ ABSL_GUARDED_BY(mu_);
  std::set<std::string> new_directories_ ABSL_GUARDED_BY(mu_);
};

}  // namespace labgraph::crash

#endif  // LABGRAPH_TESTS_CRASH_POWER_CUT_FILES_H_
