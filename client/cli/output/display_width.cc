#include "client/cli/output/display_width.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace labgraph::cli {
namespace {

constexpr char32_t kBroken = 0xFFFD;
constexpr char kReplacement[] = "\xEF\xBF\xBD";
constexpr char kEllipsis[] = "\xE2\x80\xA6";

struct Range {
  char32_t first;
  char32_t last;
};

// Combining marks, joiners, direction marks and variation selectors of the scripts that
// names are likely to be in; ascending.
constexpr Range kZeroWidth[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},
                                {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0E34, 0x0E3A},
                                {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
                                {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},
                                {0x2066, 0x2069}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},
                                {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};

// East Asian Wide and Fullwidth, and emoji; ascending.
constexpr Range kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
                           {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
                           {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                           {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                           {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

template <size_t n>
bool IsIn(const Range (&ranges)[n], char32_t code) {
  const Range* range =
      std::lower_bound(std::begin(ranges), std::end(ranges), code,
                       [](const Range& range, char32_t c) { return range.last < c; });
  return range != std::end(ranges) && range->first <= code;
}

size_t WidthOf(char32_t code) {
  if (IsIn(kZeroWidth, code)) return 0;
  return IsIn(kWide, code) ? 2 : 1;
}

// Bytes of the character that begins with this byte; 0 where none does.
size_t LengthFrom(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

// Whether the code is a character, and written in no more bytes than it needs.
bool IsWritten(char32_t code, size_t length) {
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code >= 0xD800 && code < 0xE000;
  return code >= kLeast[length] && code <= 0x10FFFF && !is_surrogate;
}

struct Character {
  char32_t code = 0;
  size_t length = 0;  // in bytes
};

// REQUIRES: text is not empty.
Character FirstOf(absl::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t length = LengthFrom(lead);
  if (length == 1) return {lead, 1};
  if (length == 0 || length > text.size()) return {kBroken, 1};
  char32_t code = lead & (0xFF >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return {kBroken, 1};
    code = (code << 6) | (byte & 0x3F);
  }
  if (!IsWritten(code, length)) return {kBroken, 1};
  return {code, length};
}

bool IsControl(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

}  // namespace

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    const Character character = FirstOf(text);
    if (character.code == kBroken && character.length == 1) return false;
    text.remove_prefix(character.length);
  }
  return true;
}

size_t DisplayWidth(absl::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const Character character = FirstOf(text);
    width += WidthOf(character.code);
    text.remove_prefix(character.length);
  }
  return width;
}

std::string CutToWidth(absl::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width == 0) return "";
  size_t used = 0;
  size_t kept = 0;
  while (kept < text.size()) {
    const Character character = FirstOf(text.substr(kept));
    if (used + WidthOf(character.code) > width - 1) break;
    used += WidthOf(character.code);
    kept += character.length;
  }
  return absl::StrCat(text.substr(0, kept), kEllipsis);
}

std::string Printable(absl::string_view text) {
  std::string printable;
  printable.reserve(text.size());
  while (!text.empty()) {
    const Character character = FirstOf(text);
    const bool is_space = text[0] == '\n' || text[0] == '\r' || text[0] == '\t';
    if (is_space) {
      printable.push_back(' ');
    } else if (character.code == kBroken || IsControl(character.code)) {
      printable.append(kReplacement);
    } else {
      absl::StrAppend(&printable, text.substr(0, character.length));
    }
    text.remove_prefix(character.length);
  }
  return printable;
}

}  // namespace labgraph::cli
