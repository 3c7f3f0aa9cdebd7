#ifndef LABGRAPH_SERVER_KV_SYNCED_FILES_H_
#define LABGRAPH_SERVER_KV_SYNCED_FILES_H_

// What is known to be on disk of the files that are written by appending: the logs and
// the manifest of a RocksDB database. RocksDB takes a log or manifest that lost its end
// for one that a crash cut short, and opens what is left of it; what was acknowledged
// would be missing without a word. The file SYNCED says how much must be there.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph::kv {

// The file in the data directory in which the extents are kept. It holds two records of
// kSyncedSlotBytes, the newer and the one before it, so that a write of one that a power
// cut tears leaves the other.
inline constexpr char kSyncedFile[] = "SYNCED";
inline constexpr size_t kSyncedSlotBytes = 4096;

// The first bytes of a file, as they were synced.
struct Extent {
  uint64_t bytes = 0;
  uint32_t crc = 0;  // CRC-32 of them

  void Append(absl::string_view data);
  bool operator==(const Extent&) const = default;
};

// The extents of all such files, by name, and how many records were made before.
struct SyncedFiles {
  std::map<std::string, Extent> extents;
  uint64_t generation = 0;

  // A record of at most kSyncedSlotBytes. Files for which there is no room are left out.
  //   "labgraph synced" generation \n { name bytes crc \n } "end" crc of all before \n
  std::string Encode() const;
  // Of the record at the start of `slot`; nullopt where there is none that is whole.
  static absl::optional<SyncedFiles> Decode(absl::string_view slot);
};

// Whether the extents of a file of this name are kept.
bool IsAppendedFile(absl::string_view name);

// What the data directory's SYNCED says; empty where there is no such file or no whole
// record in it. Errors: STORAGE_FAILED.
absl::StatusOr<SyncedFiles> ReadSyncedFiles(const std::string& directory);

// Fails with STORAGE_CORRUPT, naming the file, where one is missing, shorter than its
// extent, or has other bytes in it. REQUIRES: nobody writes them.
absl::Status CheckSyncedFiles(const std::string& directory, const SyncedFiles& synced);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_SYNCED_FILES_H_
