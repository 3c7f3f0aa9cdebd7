#include "seed/reader/shown_text.h"

#include "absl/strings/str_cat.h"

namespace labgraph::seed {
namespace {

constexpr size_t kMaxShownBytes = 60;

// Whether a byte is of a character in UTF-8 but not its first.
bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

}  // namespace

std::string ShownText(absl::string_view text) {
  if (text.size() <= kMaxShownBytes) return std::string(text);
  size_t end = kMaxShownBytes;
  while (end > 0 && IsContinuation(text[end])) --end;
  return absl::StrCat(text.substr(0, end), "...");
}

}  // namespace labgraph::seed
