#include "server/query/range_test.h"

#include <cmath>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/schema/edtf.h"

namespace labgraph::query {

bool ParseNumber(const FilterToken& token, double* out) {
  return token.type == FilterToken::Type::kWord && absl::SimpleAtod(token.text, out) &&
         std::isfinite(*out);
}

absl::StatusOr<RangeTest> MakeNumberTest(const Comparison& comparison,
                                         const FilterSource& source) {
  double number;
  if (!ParseNumber(comparison.value, &number)) {
    return source.Wrong(comparison.value.position,
                        absl::StrCat("expected a number for \"", comparison.field.text,
                                     "\", without quotes."));
  }
  return RangeTest{comparison.comparator, number, number};
}

absl::StatusOr<RangeTest> MakeDateTest(const Comparison& comparison,
                                       const FilterSource& source) {
  const absl::StatusOr<schema::DayRange> range = schema::ParseDate(comparison.value.text);
  if (!range.ok()) {
    return source.Wrong(comparison.value.position,
                        absl::StrCat("expected a date for \"", comparison.field.text,
                                     "\", such as 2021, 2021-07 or 2021-07-14."));
  }
  return RangeTest{comparison.comparator, static_cast<double>(range->earliest),
                   static_cast<double>(range->latest)};
}

}  // namespace labgraph::query
