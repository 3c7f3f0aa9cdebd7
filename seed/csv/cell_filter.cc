#include "seed/csv/cell_filter.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "absl/strings/ascii.h"

namespace labgraph::seed {
namespace {

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isascii(c); });
}

// Each character taken apart into its letter and its accents, and these left out.
std::string WithoutAccents(absl::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
  std::string decomposed;
  if (U_SUCCESS(error)) {
    icu::StringByteSink<std::string> sink(&decomposed);
    nfkd->normalizeUTF8(0, icu::StringPiece(text.data(), text.size()), sink, nullptr,
                        error);
  }
  std::string plain;
  const int size = static_cast<int>(decomposed.size());
  for (int i = 0; i < size;) {
    const int begin = i;
    UChar32 c;
    U8_NEXT(decomposed.data(), i, size, c);
    if (u_charType(c) != U_NON_SPACING_MARK) plain.append(decomposed, begin, i - begin);
  }
  return plain;
}

}  // namespace

void AppendSlug(absl::string_view cell, std::string* out) {
  std::string plain;
  if (!IsAscii(cell)) {
    plain = WithoutAccents(cell);
    cell = plain;
  }
  const size_t begin = out->size();
  bool between = false;
  for (const unsigned char c : cell) {
    if (!absl::ascii_isalnum(c)) {
      between = true;
      continue;
    }
    if (between && out->size() > begin) out->push_back('-');
    between = false;
    out->push_back(absl::ascii_tolower(c));
  }
}

void AppendClean(absl::string_view cell, std::string* out) {
  const size_t begin = out->size();
  for (size_t i = 0; i < cell.size(); ++i) {
    const unsigned char c = cell[i];
    // U+0080 to U+009F, the control characters behind ASCII, are two bytes.
    const bool is_c1 = c == 0xC2 && i + 1 < cell.size() &&
                       static_cast<unsigned char>(cell[i + 1]) < 0xA0;
    if (is_c1) {
      ++i;
    } else if (absl::ascii_isspace(c)) {
      if (out->size() > begin) out->push_back(' ');
    } else if (!absl::ascii_iscntrl(c)) {
      out->push_back(cell[i]);
    }
  }
  while (out->size() > begin && out->back() == ' ') out->pop_back();
}

}  // namespace labgraph::seed
