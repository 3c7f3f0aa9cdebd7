#ifndef LABGRAPH_SEED_BULK_BULK_FORMAT_H_
#define LABGRAPH_SEED_BULK_BULK_FORMAT_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "seed/bulk/chunk.h"
#include "seed/bulk/encoded_run.h"

namespace labgraph::seed {

// Bytes of one record (a line of JSON, a row of CSV) at most: more than the largest
// record that the server takes, escaped.
inline constexpr size_t kMaxRecordBytes = 1024 * 1024;

// Problems reported of one file; one of the wrong kind has one in every record.
inline constexpr size_t kMaxFileProblems = 100;

// Turns records into mutations. Not thread-safe: each thread has its own.
class RecordParser {
 public:
  virtual ~RecordParser() = default;

  // Consumes one record of the chunk, which is not empty, and adds its mutations, if any.
  // What is wrong with the record is complained about in its place.
  virtual void ParseOne(Chunk& chunk, RunWriter& run) = 0;
};

// How a large file is written. Immutable, so thread-safe.
class BulkFormat {
 public:
  virtual ~BulkFormat() = default;

  // Bytes up to the end of the last whole record in `text`, which begins with a record; 0
  // where none ends in it.
  virtual size_t LastRecordEnd(absl::string_view text) const = 0;
  virtual std::unique_ptr<RecordParser> NewParser() const = 0;
};

// A large file to load.
struct BulkFile {
  std::string path;
  std::shared_ptr<const BulkFormat> format;
  // Where its records begin: behind a header, if there is one.
  FilePosition begin;
  // What else decides what its records mean; with it the file is another one.
  std::string mapping_text;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_BULK_FORMAT_H_
