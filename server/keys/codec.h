#ifndef LABGRAPH_SERVER_KEYS_CODEC_H_
#define LABGRAPH_SERVER_KEYS_CODEC_H_

// The pieces of which keys and values are made.
//
//   be32, be64   big-endian, so that byte order is number order
//   text         bytes without NUL, then one NUL, so that no key is the beginning of
//                another and shorter texts sort first
//   varint       base 128, least significant group first; only in values

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace labgraph::keys {

void AppendBe32(uint32_t value, std::string* out);
void AppendBe64(uint64_t value, std::string* out);
// REQUIRES: no NUL in `text`.
void AppendText(absl::string_view text, std::string* out);
void AppendVarint(uint64_t value, std::string* out);
// Small for numbers near zero of either sign.
void AppendSignedVarint(int64_t value, std::string* out);

// The same into memory, for long values; gives where the next piece goes. REQUIRES: room
// for kMaxVarintBytes.
inline constexpr size_t kMaxVarintBytes = 10;
inline char* WriteVarint(uint64_t value, char* out) {
  while (value >= 0x80) {
    *out++ = static_cast<char>(value | 0x80);
    value >>= 7;
  }
  *out++ = static_cast<char>(value);
  return out;
}
// What a signed varint is written as.
inline uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}

// Takes a key or value apart from the front. From a piece on that is not there, ok() is
// false and stays so, and every piece is zero or empty; check once at the end.
class Decoder {
 public:
  // `bytes` must outlive the decoder and the views it gives.
  explicit Decoder(absl::string_view bytes) : rest_(bytes) {}

  uint32_t Be32();
  uint64_t Be64();
  absl::string_view Text();
  uint64_t Varint();
  int64_t SignedVarint();
  // One byte.
  uint8_t Byte();
  // The next `size` bytes.
  absl::string_view Bytes(size_t size);
  // All that is left.
  absl::string_view Rest();

  bool ok() const { return ok_; }
  bool empty() const { return rest_.empty(); }

 private:
  // The next `size` bytes, or nullptr and not ok.
  const char* Take(size_t size);

  absl::string_view rest_;
  bool ok_ = true;
};

// The smallest string greater than every string that begins with `prefix`; empty
// when there is none.
std::string PrefixEnd(absl::string_view prefix);

}  // namespace labgraph::keys

#endif  // LABGRAPH_SERVER_KEYS_CODEC_H_
