#include "server/query/text_test.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace labgraph::query {

std::string FoldCase(absl::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(text.data(), at, size, c);
    c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
    char bytes[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    folded.append(bytes, length);
  }
  return folded;
}

absl::StatusOr<TextTest> MakeTextTest(const Comparison& comparison,
                                      const FilterSource& source) {
  if (comparison.has_order()) {
    return source.Wrong(comparison.field.position,
                        absl::StrCat("\"", comparison.field.text,
                                     "\" is text, which has no order; use =, != or :."));
  }
  if (comparison.comparator == Comparator::kHas) {
    return TextTest([part = FoldCase(comparison.value.text)](absl::string_view text) {
      return absl::StrContains(FoldCase(text), part);
    });
  }
  return TextTest([wanted = comparison.value.text](absl::string_view text) {
    return text == wanted;
  });
}

}  // namespace labgraph::query
