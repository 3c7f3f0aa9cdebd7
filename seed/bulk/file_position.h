#ifndef LABGRAPH_SEED_BULK_FILE_POSITION_H_
#define LABGRAPH_SEED_BULK_FILE_POSITION_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace labgraph::seed {

// A place in a large file: bytes from its start, and the line, counted from 1.
struct FilePosition {
  uint64_t byte = 0;
  int line = 1;
};

// Line ends in a text.
int CountLineEnds(absl::string_view text);

// Bytes of the byte order mark that some programs put before a text; 0 where the file has
// none.
uint64_t ByteOrderMarkBytes(const std::string& path);

// The place behind the first `byte` bytes of a file. An error says that the file cannot
// be read that far.
absl::StatusOr<FilePosition> LocateByte(const std::string& path, uint64_t byte);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_FILE_POSITION_H_
