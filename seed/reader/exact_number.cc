#include "seed/reader/exact_number.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "seed/reader/shown_text.h"

namespace labgraph::seed {
namespace {

// Digits of whole numbers that are all doubles: 2^53 has one more.
constexpr size_t kAlwaysExactDigits = 15;
// Digits of the largest double.
constexpr size_t kMaxDigits = std::numeric_limits<double>::max_exponent10 + 1;

}  // namespace

bool IsExactIfWhole(absl::string_view text) {
  if (!absl::ConsumePrefix(&text, "-")) absl::ConsumePrefix(&text, "+");
  if (text.empty() || !std::all_of(text.begin(), text.end(), absl::ascii_isdigit)) {
    return true;
  }
  while (absl::ConsumePrefix(&text, "0")) {
  }
  if (text.size() <= kAlwaysExactDigits) return true;
  if (text.size() > kMaxDigits) return false;
  double number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc()) return false;
  char digits[kMaxDigits];
  const auto printed =
      std::to_chars(digits, digits + kMaxDigits, number, std::chars_format::fixed, 0);
  return printed.ec == std::errc() &&
         text == absl::string_view(digits, static_cast<size_t>(printed.ptr - digits));
}

std::string DescribeInexact(absl::string_view text) {
  return absl::StrCat(ShownText(text),
                      " would be rounded as a number; a text, which keeps every digit, "
                      "would be right");
}

}  // namespace labgraph::seed
