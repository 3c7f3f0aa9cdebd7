#include "seed/bulk/chunk_reader.h"

#include <utility>

#include "absl/status/status.h"

namespace labgraph::seed {
namespace {

// Bytes of a chunk, where no record is longer: enough that handing one over costs little
// beside parsing it, few enough to have many of them under way.
constexpr size_t kChunkBytes = 256 * 1024;

}  // namespace

ChunkReader::ChunkReader(const std::string& path, const BulkFormat& format,
                         FilePosition begin)
    : format_(format), stream_(path, std::ios::binary), position_(begin) {
  stream_.seekg(static_cast<std::streamoff>(begin.byte));
}

absl::StatusOr<absl::optional<Chunk>> ChunkReader::Next() {
  if (in_overlong_line_) {
    if (absl::Status status = SkipLine(); !status.ok()) return status;
  }
  for (size_t bytes = kChunkBytes;; bytes = text_.size() + kChunkBytes) {
    if (absl::Status status = FillUp(bytes); !status.ok()) return status;
    if (text_.empty()) return absl::optional<Chunk>();
    if (at_end_) return absl::make_optional(Cut(text_.size()));
    if (size_t end = format_.LastRecordEnd(text_); end > 0) {
      return absl::make_optional(Cut(end));
    }
    if (text_.size() > kMaxRecordBytes + 1) {
      return absl::make_optional(Cut(EndOfMalformed()));
    }
  }
}

absl::Status ChunkReader::FillUp(size_t bytes) {
  if (at_end_ || text_.size() >= bytes) return absl::OkStatus();
  if (!stream_.is_open()) {
    at_end_ = true;
    return absl::NotFoundError("the file cannot be opened");
  }
  const size_t before = text_.size();
  // With the padding of a chunk, so that becoming one copies nothing.
  text_.reserve(bytes + Chunk::kPadding);
  text_.resize(bytes);
  stream_.read(text_.data() + before, static_cast<std::streamsize>(bytes - before));
  text_.resize(before + static_cast<size_t>(stream_.gcount()));
  at_end_ = text_.size() < bytes;
  if (!stream_.bad()) return absl::OkStatus();
  text_.clear();
  return absl::DataLossError("the file cannot be read to its end");
}

size_t ChunkReader::EndOfMalformed() {
  const size_t line_end = text_.rfind('\n');
  in_overlong_line_ = line_end == std::string::npos;
  return in_overlong_line_ ? text_.size() : line_end + 1;
}

Chunk ChunkReader::Cut(size_t end) {
  std::string rest = text_.substr(end);
  text_.resize(end);
  const int lines = CountLineEnds(text_);
  Chunk chunk(std::exchange(text_, std::move(rest)), position_);
  position_.byte += end;
  position_.line += lines;
  return chunk;
}

absl::Status ChunkReader::SkipLine() {
  while (in_overlong_line_) {
    if (absl::Status status = FillUp(kChunkBytes); !status.ok()) return status;
    const size_t line_end = text_.find('\n');
    in_overlong_line_ = line_end == std::string::npos && !at_end_;
    Cut(line_end == std::string::npos ? text_.size() : line_end + 1);
  }
  return absl::OkStatus();
}

}  // namespace labgraph::seed
