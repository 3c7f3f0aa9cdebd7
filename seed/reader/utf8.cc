#include "seed/reader/utf8.h"

#include <cstdint>

namespace labgraph::seed {
namespace {

// Length of the character at the start of `text`; 0 when it is malformed: cut off, longer
// than needed, a surrogate, or above U+10FFFF.
size_t CharacterBytes(absl::string_view text) {
  const uint8_t first = static_cast<uint8_t>(text[0]);
  if (first < 0x80) return 1;
  const size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
  if (size == 0 || text.size() < size) return 0;
  uint32_t code = first & (0x7F >> size);
  for (size_t i = 1; i < size; ++i) {
    const uint8_t byte = static_cast<uint8_t>(text[i]);
    if ((byte & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte & 0x3F);
  }
  constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return first >= 0xF8 || code < kLeast[size] || surrogate || code > 0x10FFFF ? 0 : size;
}

}  // namespace

size_t ValidUtf8Prefix(absl::string_view text) {
  size_t valid = 0;
  while (valid < text.size()) {
    size_t size = CharacterBytes(text.substr(valid));
    if (size == 0) break;
    valid += size;
  }
  return valid;
}

}  // namespace labgraph::seed
