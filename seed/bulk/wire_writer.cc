#include "seed/bulk/wire_writer.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace labgraph::seed {
namespace {

constexpr size_t kLeastBuffer = 4096;
constexpr size_t kMaxVarintBytes = 10;

// What follows a field's number in its tag.
enum WireType : uint64_t { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2 };

char* PutVarint(uint64_t value, char* to) {
  while (value >= 0x80) {
    *to++ = static_cast<char>(value | 0x80);
    value >>= 7;
  }
  *to++ = static_cast<char>(value);
  return to;
}

char* PutTag(int field, WireType type, char* to) {
  return PutVarint(static_cast<uint64_t>(field) << 3 | type, to);
}

size_t VarintBytes(uint64_t value) {
  size_t bytes = 1;
  for (; value >= 0x80; value >>= 7) ++bytes;
  return bytes;
}

}  // namespace

std::string WireWriter::Take() {
  buffer_.resize(size_);
  size_ = 0;
  return std::exchange(buffer_, {});
}

char* WireWriter::Reserve(size_t bytes) {
  if (size_ + bytes > buffer_.size()) {
    buffer_.resize(std::max({size_ + bytes, buffer_.size() * 2, kLeastBuffer}));
  }
  return buffer_.data() + size_;
}

void WireWriter::Text(int field, absl::string_view text) {
  char* to = Reserve(2 * kMaxVarintBytes + text.size());
  to = PutVarint(text.size(), PutTag(field, kLengthDelimited, to));
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
  size_ = to + text.size() - buffer_.data();
}

void WireWriter::Varint(int field, uint64_t value) {
  char* to = Reserve(2 * kMaxVarintBytes);
  size_ = PutVarint(value, PutTag(field, kVarint, to)) - buffer_.data();
}

void WireWriter::Double(int field, double value) {
  char* to = PutTag(field, kFixed64, Reserve(kMaxVarintBytes + sizeof(value)));
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  for (size_t i = 0; i < sizeof(bits); ++i) *to++ = static_cast<char>(bits >> (8 * i));
  size_ = to - buffer_.data();
}

void WireWriter::Raw(absl::string_view fields) {
  if (fields.empty()) return;
  std::memcpy(Reserve(fields.size()), fields.data(), fields.size());
  size_ += fields.size();
}

// The length stands before the message and is known only at its end. It gets one byte at
// first, which is enough for most; a longer one moves the message.
size_t WireWriter::Open(int field) {
  char* to = PutTag(field, kLengthDelimited, Reserve(kMaxVarintBytes + 1));
  size_ = to + 1 - buffer_.data();
  return size_;
}

void WireWriter::Close(size_t opened) {
  const size_t length = size_ - opened;
  const size_t more = VarintBytes(length) - 1;
  if (more > 0) {
    Reserve(more);
    char* message = buffer_.data() + opened;
    std::memmove(message + more, message, length);
    size_ += more;
  }
  PutVarint(length, buffer_.data() + opened - 1);
}

}  // namespace labgraph::seed
