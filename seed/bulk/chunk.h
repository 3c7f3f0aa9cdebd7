#ifndef LABGRAPH_SEED_BULK_CHUNK_H_
#define LABGRAPH_SEED_BULK_CHUNK_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "seed/bulk/file_position.h"

namespace labgraph::seed {

// A piece of a large file that begins with a record and ends behind one, consumed record
// by record. Thread-compatible.
class Chunk {
 public:
  // Bytes that may be read behind the text, for parsers that read in strides.
  static constexpr size_t kPadding = 64;

  Chunk() = default;
  Chunk(std::string text, FilePosition begin)
      : size_(text.size()), text_(std::move(text)), position_(begin) {
    text_.resize(size_ + kPadding);
  }

  // What is not consumed yet, and where in the file that begins.
  absl::string_view rest() const { return {text_.data() + used_, size_ - used_}; }
  const FilePosition& position() const { return position_; }

  // Consumes the record that the rest begins with. REQUIRES: bytes <= rest().size().
  void Consume(size_t bytes, int lines) {
    used_ += bytes;
    position_.byte += bytes;
    position_.line += lines;
  }

 private:
  size_t size_ = 0;
  std::string text_;
  size_t used_ = 0;
  FilePosition position_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_CHUNK_H_
