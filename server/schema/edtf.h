#ifndef LABGRAPH_SERVER_SCHEMA_EDTF_H_
#define LABGRAPH_SERVER_SCHEMA_EDTF_H_

// Dates in the accepted subset of Extended Date/Time Format (ISO 8601-2:2019,
// https://www.loc.gov/standards/datetime/), as ranges of days; and what
// they tell about whether a fact held on a day.

#include <cstdint>
#include <limits>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/statement.pb.h"

namespace labgraph::schema {

// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
using Day = int32_t;
inline constexpr Day kDayMin = std::numeric_limits<Day>::min();  // before all days
inline constexpr Day kDayMax = std::numeric_limits<Day>::max();  // after all days

// The days that a date can mean, both included.
struct DayRange {
  Day earliest;
  Day latest;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// Parses one date (not an interval):
//
//   date   = single / "[" single ".." single "]" / "[" single "..]" / "[.." single "]"
//   single = ( year / year "-" part / year "-" month "-" day ) [ "?" / "~" / "%" ]
//   year   = [ "-" ] 4 digits, of which the last three may be X from the right
//   part   = month / "XX" / "21" to "24" / "33" to "41"
//   day    = 2 digits / "XX"; after the month "XX" only "XX"
//
// Year "0000" is 1 BC and "-0001" 2 BC. An "X" is any digit. "[a..b]" is one unknown day
// from the earliest of a to the latest of b. Parts of a year are the meteorological
// seasons of the northern hemisphere (21 spring from March, 22 summer from June, 23
// autumn from September, 24 winter from December into the next year), quarters (33-36),
// thirds (37-39) and halves (40-41).
//
// "?" changes no bound. An approximate date ("~", "%") is widened by documented policy: a
// day by 7 days, a month by one month, a year by one year, each way; a part of the
// year, a decade or a century likewise by its own length (docs/data-format.md).
//
// Errors: DATE_MALFORMED, LIMIT_EXCEEDED (kDateBytes), both at field "".
absl::StatusOr<DayRange> ParseDate(absl::string_view text);

// Parses exactly one day "YYYY-MM-DD", as `ReadOptions.valid_at` needs.
// Errors: DATE_MALFORMED, LIMIT_EXCEEDED (kDateBytes), both at field "".
absl::StatusOr<Day> ParseDay(absl::string_view text);

// "2021-07-14"; years before 0 and after 9999 with sign. "" for kDayMin and kDayMax.
std::string FormatDay(Day day);

// The four bounds of a valid time.
//   start ""   (unknown): earliest_start = kDayMin, latest_start = latest_end
//   start ".." (always):  earliest_start = latest_start = kDayMin
//   end   ""   (unknown): earliest_end = earliest_start, latest_end = kDayMax
//   end   ".." (still):   earliest_end = latest_end = kDayMax
// With both unknown nothing is certain: earliest_end = kDayMin, latest_start = kDayMax.
// Neither end narrows the bounds that the other's text gives.
struct Bounds {
  Day earliest_start = kDayMin;
  Day latest_start = kDayMax;
  Day earliest_end = kDayMin;
  Day latest_end = kDayMax;
  friend bool operator==(const Bounds&, const Bounds&) = default;
};

// Errors: DATE_MALFORMED, LIMIT_EXCEEDED at "start" or "end"; VALID_TIME_REVERSED at ""
// when the latest end lies before the earliest start.
absl::StatusOr<Bounds> ComputeBounds(const v1::ValidTime& valid);

// Fills the output-only fields of `valid` from its bounds.
void SetBoundFields(const Bounds& bounds, v1::ValidTime* valid);

// CERTAIN if latest_start <= day <= earliest_end, else POSSIBLE if earliest_start <= day
// <= latest_end, else NO.
v1::Certainty HeldOn(const Bounds& bounds, Day day);

// Whether there is a day on which both certainly held. Two facts that both still hold
// overlap even if neither start is known, as do two that both held always.
bool CertainlyOverlap(const Bounds& a, const Bounds& b);

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_EDTF_H_
