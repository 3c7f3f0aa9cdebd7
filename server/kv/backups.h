#ifndef LABGRAPH_SERVER_KV_BACKUPS_H_
#define LABGRAPH_SERVER_KV_BACKUPS_H_

// Backups of stores on disk, kept in a directory of their own.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "server/kv/rocksdb_store.h"
#include "server/kv/store.h"

namespace labgraph::kv {

// One backup.
struct BackupInfo {
  uint32_t id = 0;     // above 0; higher than those of the backups there were beside it
  absl::Time time;     // when it was made, to the second
  uint64_t bytes = 0;  // of its files; those that others share count in each
  uint32_t files = 0;
  std::string description;  // as Create was given it

  bool operator==(const BackupInfo&) const = default;
};

// The backups in a directory. Thread-safe: reading ones run side by side, Create and
// Delete alone; one that has to wait for a Create waits until it is done.
//
// Where a method gives nullopt or false there is no backup of that id. Errors, of all:
// STORAGE_FAILED; STORAGE_CORRUPT, naming the file, where one of a backup is damaged.
class Backups {
 public:
  virtual ~Backups() = default;

  // Makes a backup of all that was written before, while reads and writes go on. Only
  // table files that no other backup has are copied. It is on disk when this returns;
  // after an error nothing of it is left, and the store is as it was.
  //
  // `describe` is given the state that the backup will hold; its text is kept with the
  // backup. No batch is written meanwhile, so it may neither write nor take long.
  // Errors also: that of `describe`; STORAGE_FAILED for a store in memory, and for one
  // that has stopped taking writes.
  virtual absl::StatusOr<BackupInfo> Create(
      Store& store,
      absl::FunctionRef<absl::StatusOr<std::string>(const Snapshot&)> describe) = 0;

  // Oldest first. Those whose list of files is damaged are left out; Verify tells.
  virtual std::vector<BackupInfo> List() const = 0;

  // Reads all of its files and compares them with their checksums.
  virtual absl::StatusOr<absl::optional<BackupInfo>> Verify(uint32_t id) const = 0;

  // Files that other backups share stay.
  virtual absl::StatusOr<bool> Delete(uint32_t id) = 0;

  // The store in the backup, to be read; null where there is no such backup. Must be gone
  // before this is, and before the backup is deleted.
  // REQUIRES: `keyspace_names`, as of OpenRocksDb, outlives it.
  virtual absl::StatusOr<std::shared_ptr<const Snapshot>> Open(
      uint32_t id, absl::Span<const char* const> keyspace_names) const = 0;
};

// The backups in `directory`, which is made where it is absent; its parent is not. One
// process at a time has them open so.
// Errors, each saying what to do: STORAGE_FAILED where it is a file, lacks rights, holds
// something else, or is in use.
absl::StatusOr<std::unique_ptr<Backups>> OpenBackups(const std::string& directory);

// Restores a backup from `directory` as the store at `options.path`, which must be absent
// or empty or hold a restore that was interrupted. Nothing there is overwritten
// otherwise. Before the store comes to be, `finish` may change it. Gives false, with
// nothing changed, where there is no such backup. An interrupted restore leaves what
// OpenRocksDb refuses to open, and is repeated as if it had not been.
//
// Checksums are compared on the way. The backups may be open in another process, which
// must not delete the one that is restored. Errors: that of `finish`; those of
// OpenBackups and OpenRocksDb; STORAGE_CORRUPT where a file of the backup is damaged.
absl::StatusOr<bool> RestoreBackup(const std::string& directory, uint32_t id,
                                   const RocksDbOptions& options,
                                   absl::Span<const char* const> keyspace_names,
                                   absl::FunctionRef<absl::Status(Store&)> finish);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_BACKUPS_H_
