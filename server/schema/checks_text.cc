#include <cstdint>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/schema/checks.h"

namespace labgraph::schema {
namespace {

// One character of UTF-8; `bytes` is 0 where there is none.
struct Character {
  uint32_t code;
  size_t bytes;
};

// How many bytes a character has, by its first; 0 for a byte that starts none.
size_t EncodedBytes(uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;  // C0 and C1 would be overlong
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

// The first character of a text that is not empty.
Character Decode(absl::string_view text) {
  constexpr Character kInvalid{0, 0};
  const uint8_t first = static_cast<uint8_t>(text[0]);
  const size_t bytes = EncodedBytes(first);
  if (bytes == 0 || bytes > text.size()) return kInvalid;
  uint32_t code = bytes == 1 ? first : first & (0x7F >> bytes);
  for (const char c : text.substr(1, bytes - 1)) {
    if ((static_cast<uint8_t>(c) & 0xC0) != 0x80) return kInvalid;
    code = code << 6 | (static_cast<uint8_t>(c) & 0x3F);
  }
  const bool overlong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (overlong || surrogate || code > 0x10FFFF) return kInvalid;
  return {code, bytes};
}

bool IsControl(uint32_t code) {
  return (code < 0x20 && code != '\t' && code != '\n') || (code >= 0x7F && code < 0xA0);
}

bool IsLanguage(absl::string_view lang) {
  const std::vector<absl::string_view> parts = absl::StrSplit(lang, '-');
  const absl::string_view primary = parts.front();
  if (primary.size() < 2 || primary.size() > 3 ||
      !absl::c_all_of(primary, absl::ascii_islower)) {
    return false;
  }
  return std::all_of(parts.begin() + 1, parts.end(), [](absl::string_view part) {
    return part.size() >= 2 && part.size() <= 8 && absl::c_all_of(part, [](char c) {
             return absl::ascii_islower(c) || absl::ascii_isdigit(c);
           });
  });
}

}  // namespace

absl::Status CheckText(absl::string_view text, const limits::Limit& limit,
                       absl::string_view field) {
  if (text.size() > limit.value) return errors::LimitExceeded(field, limit, text.size());
  for (size_t at = 0; at < text.size();) {
    const Character character = Decode(text.substr(at));
    if (character.bytes == 0) {
      return errors::TextMalformed(
          field, absl::StrCat("The text is not UTF-8 at byte ", at, "."));
    }
    if (IsControl(character.code)) {
      return errors::TextMalformed(
          field, absl::StrCat("The text has the control character U+",
                              absl::Hex(character.code, absl::kZeroPad4), " at byte ", at,
                              "; of those only tab and newline are accepted."));
    }
    at += character.bytes;
  }
  return absl::OkStatus();
}

absl::Status CheckLanguage(absl::string_view lang, absl::string_view field) {
  if (lang.size() > limits::kNameBytes.value) {
    return errors::LimitExceeded(field, limits::kNameBytes, lang.size());
  }
  if (!IsLanguage(lang)) return errors::LanguageMalformed(field, lang);
  return absl::OkStatus();
}

}  // namespace labgraph::schema
