#ifndef LABGRAPH_SERVER_KV_DATA_DIRECTORY_H_
#define LABGRAPH_SERVER_KV_DATA_DIRECTORY_H_

#include <string>

#include "absl/status/statusor.h"

namespace labgraph::kv {

// What a path holds before a store is opened there.
enum class DataDirectory {
  kAbsent,              // nothing; the directory above it is there
  kEmpty,               // no database; at most what an interrupted creation leaves behind
  kBlankDatabase,       // a RocksDB database into which nothing was ever written
  kDatabase,            // a RocksDB database, whoever made it
  kInterruptedRestore,  // what a restore that was not finished left behind
};

// The directory in a data directory that is there as long as a restore into it runs.
inline constexpr char kRestoringDirectory[] = "restoring";

// Looks without writing. Refuses with STORAGE_FAILED what can't become or isn't a data
// directory: a file, one without rights, one with files of something else; and with
// STORAGE_CORRUPT a database that has lost its CURRENT file.
absl::StatusOr<DataDirectory> InspectDataDirectory(const std::string& path);

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_DATA_DIRECTORY_H_
