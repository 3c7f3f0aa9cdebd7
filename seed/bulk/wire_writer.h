#ifndef LABGRAPH_SEED_BULK_WIRE_WRITER_H_
#define LABGRAPH_SEED_BULK_WIRE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace labgraph::seed {

// Writes fields in protobuf's wire format, so that a row of a bulk file becomes a
// mutation without a message being built and encoded. Fields may come in any order; what
// they mean is the caller's to know. Not thread-safe.
class WireWriter {
 public:
  // The bytes written so far, valid until the next call.
  absl::string_view bytes() const { return {buffer_.data(), size_}; }
  size_t size() const { return size_; }
  // Gives the bytes away and begins anew.
  std::string Take();

  // Fields of the types string, bool and enum, and double.
  void Text(int field, absl::string_view text);
  void Varint(int field, uint64_t value);
  void Double(int field, double value);
  // Fields that are encoded already.
  void Raw(absl::string_view fields);

  // Begins a field that is a message: what is written up to Close is in it. Close takes
  // what Open returned. The innermost message is closed first.
  size_t Open(int field);
  void Close(size_t opened);

  // Takes back all but the first `size` bytes, and what was opened behind them.
  void Truncate(size_t size) { size_ = size; }

 private:
  // Room for `bytes` more at the end, not yet counted as written.
  char* Reserve(size_t bytes);

  // Longer than what is written, so that it seldom grows.
  std::string buffer_;
  size_t size_ = 0;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_WIRE_WRITER_H_
