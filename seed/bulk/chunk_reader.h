#ifndef LABGRAPH_SEED_BULK_CHUNK_READER_H_
#define LABGRAPH_SEED_BULK_CHUNK_READER_H_

#include <fstream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "seed/bulk/bulk_format.h"
#include "seed/bulk/chunk.h"

namespace labgraph::seed {

// Cuts a file into chunks at the ends of records, holding no more of it than one chunk
// and one record. Where no record ends within kMaxRecordBytes the file is malformed: the
// cut is then at the last line end, and what stands in a line of more bytes than that is
// left out behind them, so that the parser sees that the record is too long. Not
// thread-safe.
class ChunkReader {
 public:
  // Reads from `begin` on, where a record begins.
  ChunkReader(const std::string& path, const BulkFormat& format, FilePosition begin);

  // The next chunk, never empty; absent at the end of the file. After an error, which is
  // that the file cannot be read, the end.
  absl::StatusOr<absl::optional<Chunk>> Next();

 private:
  // Reads on until text_ has `bytes`, or the file ends.
  absl::Status FillUp(size_t bytes);
  // Where to end a chunk when no record ends in text_.
  size_t EndOfMalformed();
  // The first `end` bytes of text_ as a chunk.
  Chunk Cut(size_t end);
  // Leaves out what stands before the next line end.
  absl::Status SkipLine();

  const BulkFormat& format_;
  std::ifstream stream_;
  // Read and not yet given.
  std::string text_;
  // Where text_ begins.
  FilePosition position_;
  bool at_end_ = false;
  bool in_overlong_line_ = false;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_CHUNK_READER_H_
