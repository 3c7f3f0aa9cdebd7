#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/schema/edtf.h"
#include "server/schema/edtf_hints.h"

namespace labgraph::schema {
namespace {

constexpr int kYearDigits = 4;
constexpr int kMonthsOfYear = 12;
// What "~" adds on each side of a single day.
constexpr int kApproximateDays = 7;

// A part of a year by its EDTF code.
struct YearPart {
  int code;
  int first_month;
  int months;
};

constexpr YearPart kYearParts[] = {
    {21, 3, 3}, {22, 6, 3}, {23, 9, 3}, {24, 12, 3},  // seasons; 24 ends next February
    {33, 1, 3}, {34, 4, 3}, {35, 7, 3}, {36, 10, 3},  // quarters
    {37, 1, 4}, {38, 5, 4}, {39, 9, 4},               // thirds
    {40, 1, 6}, {41, 7, 6},                           // halves
};

Day ToDay(absl::CivilDay day) {
  return static_cast<Day>(day - absl::CivilDay(1970, 1, 1));
}

// The days a date names, before any widening.
struct Span {
  absl::CivilDay first;
  absl::CivilDay last;
  int months;  // that it is long; 0 for a single day
};

Span SpanOfMonths(absl::CivilMonth first, int months) {
  return {absl::CivilDay(first), absl::CivilDay(first + months) - 1, months};
}

Span Widened(const Span& span) {
  if (span.months == 0) {
    return {span.first - kApproximateDays, span.last + kApproximateDays, 0};
  }
  return SpanOfMonths(absl::CivilMonth(span.first) - span.months, 3 * span.months);
}

// Consecutive years; more than one where digits are unknown.
struct Years {
  int first;
  int count;
};

// Reads one text once. Every Parse function starts at the next unread byte and leaves
// what it read behind.
class DateParser {
 public:
  explicit DateParser(absl::string_view text) : text_(text) {}

  absl::StatusOr<DayRange> ParseWhole();
  absl::StatusOr<Day> ParseWholeDay();

 private:
  absl::StatusOr<DayRange> ParseBrackets();
  absl::StatusOr<DayRange> ParseSingle();
  absl::StatusOr<Span> ParseSpan();
  absl::StatusOr<Years> ParseYears();
  absl::StatusOr<Span> ParsePart(int year);
  absl::StatusOr<Span> ParseDayOf(absl::CivilMonth month);
  absl::StatusOr<int> ParseTwoDigits(absl::string_view what);

  bool AtEnd() const { return next_ == text_.size(); }
  bool Skip(absl::string_view token);
  bool SkipQualifier(char* qualifier);
  absl::Status Fail(size_t position, absl::string_view problem) const;
  absl::Status Unexpected() const;

  const absl::string_view text_;
  size_t next_ = 0;
};

absl::StatusOr<DayRange> DateParser::ParseWhole() {
  if (text_.empty()) return Fail(0, absl::StrCat("it is empty; ", kDateExamples));
  ASSIGN_OR_RETURN(const DayRange range,
                   absl::StartsWith(text_, "[") ? ParseBrackets() : ParseSingle());
  if (!AtEnd()) return Unexpected();
  return range;
}

absl::StatusOr<Day> DateParser::ParseWholeDay() {
  ASSIGN_OR_RETURN(const Span span, ParseSpan());
  if (span.months != 0 || !AtEnd()) {
    return Fail(next_, "exactly one day is needed; write for example \"2021-07-14\".");
  }
  return ToDay(span.first);
}

absl::StatusOr<DayRange> DateParser::ParseBrackets() {
  Skip("[");
  DayRange range{kDayMin, kDayMax};
  if (!Skip("..")) {
    ASSIGN_OR_RETURN(const DayRange first, ParseSingle());
    range.earliest = first.earliest;
    if (!Skip("..")) return Unexpected();
    if (Skip("]")) return range;
  }
  const size_t second_at = next_;
  ASSIGN_OR_RETURN(const DayRange second, ParseSingle());
  range.latest = second.latest;
  if (!Skip("]")) return Unexpected();
  if (range.latest < range.earliest) {
    return Fail(second_at, "the second date lies before the first; exchange them.");
  }
  return range;
}

absl::StatusOr<DayRange> DateParser::ParseSingle() {
  ASSIGN_OR_RETURN(Span span, ParseSpan());
  char qualifier;
  if (SkipQualifier(&qualifier) && qualifier != '?') span = Widened(span);
  return DayRange{ToDay(span.first), ToDay(span.last)};
}

absl::StatusOr<Span> DateParser::ParseSpan() {
  ASSIGN_OR_RETURN(const Years years, ParseYears());
  if (!Skip("-")) {
    return SpanOfMonths(absl::CivilMonth(years.first, 1), years.count * kMonthsOfYear);
  }
  if (years.count > 1) {
    return Fail(next_ - 1,
                absl::StrCat("after an unknown digit of the year nothing can follow;"
                             " write \"",
                             text_.substr(0, next_ - 1), "\"."));
  }
  return ParsePart(years.first);
}

absl::StatusOr<Years> DateParser::ParseYears() {
  const size_t start = next_;
  const bool negative = Skip("-");
  const size_t digits_at = next_;
  int value = 0;
  int unknown = 1;  // years that the unknown digits leave open
  for (; !AtEnd() && next_ < digits_at + kYearDigits; ++next_) {
    const char c = text_[next_];
    if (absl::ascii_isdigit(c) && unknown == 1) {
      value = value * 10 + (c - '0');
    } else if (c == 'X' && next_ > digits_at) {
      unknown *= 10;
    } else {
      break;
    }
  }
  const size_t digits = next_ - digits_at;
  if (digits < kYearDigits) {
    if (unknown > 1 && !AtEnd()) return Fail(next_, DateHint('X'));
    if (digits == 0 || (!AtEnd() && absl::ascii_isalnum(text_[next_]))) {
      return Unexpected();
    }
    return Fail(next_,
                absl::StrCat("a year has four digits; write \"", negative ? "-" : "",
                             std::string(kYearDigits - digits, '0'),
                             text_.substr(digits_at, digits), "\"."));
  }
  const int low = value * unknown;
  if (!negative) return Years{low, unknown};
  const int high = low + unknown - 1;
  if (high == 0) {
    return Fail(start, "there is no year \"-0000\"; write \"0000\" for 1 BC.");
  }
  return Years{-high, high - std::max(low, 1) + 1};
}

absl::StatusOr<Span> DateParser::ParsePart(int year) {
  const absl::CivilMonth january(year, 1);
  const size_t start = next_;
  if (Skip("XX")) {
    if (Skip("-") && !Skip("XX")) {
      return Fail(next_, "the day of an unknown month is unknown; write \"XX\".");
    }
    return SpanOfMonths(january, kMonthsOfYear);
  }
  ASSIGN_OR_RETURN(const int code, ParseTwoDigits("month"));
  if (code >= 1 && code <= kMonthsOfYear) {
    const absl::CivilMonth month = january + (code - 1);
    return Skip("-") ? ParseDayOf(month) : SpanOfMonths(month, 1);
  }
  for (const YearPart& part : kYearParts) {
    if (part.code == code) {
      return SpanOfMonths(january + (part.first_month - 1), part.months);
    }
  }
  return Fail(
      start,
      "a month is 01 to 12; seasons are 21 to 24 and other parts of a year 33 to 41.");
}

absl::StatusOr<Span> DateParser::ParseDayOf(absl::CivilMonth month) {
  const size_t start = next_;
  if (Skip("XX")) return SpanOfMonths(month, 1);
  ASSIGN_OR_RETURN(const int number, ParseTwoDigits("day"));
  const int days = absl::CivilDay(absl::CivilDay(month + 1) - 1).day();
  if (number < 1 || number > days) {
    return Fail(start, absl::StrCat("the days of that month are 01 to ", days, "."));
  }
  const absl::CivilDay day = absl::CivilDay(month) + (number - 1);
  return Span{day, day, 0};
}

absl::StatusOr<int> DateParser::ParseTwoDigits(absl::string_view what) {
  int value = 0;
  for (const size_t stop = next_ + 2; next_ < stop; ++next_) {
    if (AtEnd() || !absl::ascii_isdigit(text_[next_])) {
      return Fail(next_,
                  absl::StrCat("a ", what, " has two digits, or is \"XX\" if unknown; ",
                               kDateExamples));
    }
    value = value * 10 + (text_[next_] - '0');
  }
  return value;
}

bool DateParser::Skip(absl::string_view token) {
  if (!absl::StartsWith(text_.substr(next_), token)) return false;
  next_ += token.size();
  return true;
}

bool DateParser::SkipQualifier(char* qualifier) {
  for (const char c : {'?', '~', '%'}) {
    *qualifier = c;
    if (Skip(absl::string_view(&c, 1))) return true;
  }
  return false;
}

absl::Status DateParser::Fail(size_t position, absl::string_view problem) const {
  return errors::DateMalformed("", text_, position, problem);
}

absl::Status DateParser::Unexpected() const {
  return Fail(next_, AtEnd() ? absl::StrCat("it ends too early; ", kDateExamples)
                             : std::string(DateHint(text_[next_])));
}

absl::Status CheckLength(absl::string_view text) {
  if (text.size() <= limits::kDateBytes.value) return absl::OkStatus();
  return errors::LimitExceeded("", limits::kDateBytes, text.size());
}

}  // namespace

absl::StatusOr<DayRange> ParseDate(absl::string_view text) {
  RETURN_IF_ERROR(CheckLength(text));
  return DateParser(text).ParseWhole();
}

absl::StatusOr<Day> ParseDay(absl::string_view text) {
  RETURN_IF_ERROR(CheckLength(text));
  return DateParser(text).ParseWholeDay();
}

}  // namespace labgraph::schema
