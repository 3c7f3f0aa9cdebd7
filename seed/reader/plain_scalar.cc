#include "seed/reader/plain_scalar.h"

#include <charconv>
#include <limits>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"

namespace labgraph::seed {
namespace {

bool IsAnyOf(absl::string_view text, absl::string_view lower, absl::string_view capital,
             absl::string_view upper) {
  return text == lower || text == capital || text == upper;
}

size_t CountDigits(absl::string_view text) {
  size_t count = 0;
  while (count < text.size() && absl::ascii_isdigit(text[count])) ++count;
  return count;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool LooksLikeFloat(absl::string_view text) {
  if (!absl::ConsumePrefix(&text, "-")) absl::ConsumePrefix(&text, "+");
  size_t whole = CountDigits(text);
  text.remove_prefix(whole);
  size_t fraction = 0;
  if (absl::ConsumePrefix(&text, ".")) {
    fraction = CountDigits(text);
    text.remove_prefix(fraction);
  }
  if (whole + fraction == 0) return false;
  if (text.empty()) return true;
  if (!absl::ConsumePrefix(&text, "e") && !absl::ConsumePrefix(&text, "E")) return false;
  if (!absl::ConsumePrefix(&text, "-")) absl::ConsumePrefix(&text, "+");
  return !text.empty() && CountDigits(text) == text.size();
}

}  // namespace

absl::optional<bool> ParseBoolean(absl::string_view text) {
  if (IsAnyOf(text, "true", "True", "TRUE")) return true;
  if (IsAnyOf(text, "false", "False", "FALSE")) return false;
  return absl::nullopt;
}

absl::optional<WholeNumber> ParseWholeNumber(absl::string_view text) {
  WholeNumber number;
  int base = 10;
  if (absl::ConsumePrefix(&text, "0x")) {
    base = 16;
  } else if (absl::ConsumePrefix(&text, "0o")) {
    base = 8;
  } else if (absl::ConsumePrefix(&text, "-")) {
    number.negative = true;
  } else {
    absl::ConsumePrefix(&text, "+");
  }
  const char* end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data(), end, number.magnitude, base);
  if (text.empty() || stop != end || error != std::errc()) return absl::nullopt;
  return number;
}

absl::optional<double> ParseNumber(absl::string_view text) {
  if (absl::optional<WholeNumber> whole = ParseWholeNumber(text); whole.has_value()) {
    double magnitude = static_cast<double>(whole->magnitude);
    return whole->negative ? -magnitude : magnitude;
  }
  if (IsAnyOf(text, ".nan", ".NaN", ".NAN"))
    return std::numeric_limits<double>::quiet_NaN();
  absl::string_view unsigned_text = text;
  bool negative = absl::ConsumePrefix(&unsigned_text, "-");
  if (!negative) absl::ConsumePrefix(&unsigned_text, "+");
  if (IsAnyOf(unsigned_text, ".inf", ".Inf", ".INF")) {
    double infinity = std::numeric_limits<double>::infinity();
    return negative ? -infinity : infinity;
  }
  double number = 0;
  if (!LooksLikeFloat(text) || !absl::SimpleAtod(text, &number)) return absl::nullopt;
  return number;
}

}  // namespace labgraph::seed
