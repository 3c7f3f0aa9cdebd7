#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/schema/edtf.h"

namespace labgraph::schema {
namespace {

constexpr char kOpen[] = "..";

// The range of an end that is neither unknown nor open.
absl::StatusOr<DayRange> ParseEnd(absl::string_view text, absl::string_view field) {
  absl::StatusOr<DayRange> range = ParseDate(text);
  if (!range.ok()) return AtField(range.status(), field);
  return range;
}

absl::StatusOr<DayRange> StartRange(const v1::ValidTime& valid) {
  if (valid.start().empty()) return DayRange{kDayMin, kDayMax};
  if (valid.start() == kOpen) return DayRange{kDayMin, kDayMin};
  return ParseEnd(valid.start(), "start");
}

absl::StatusOr<DayRange> EndRange(const v1::ValidTime& valid) {
  if (valid.end().empty()) return DayRange{kDayMin, kDayMax};
  if (valid.end() == kOpen) return DayRange{kDayMax, kDayMax};
  return ParseEnd(valid.end(), "end");
}

}  // namespace

std::string FormatDay(Day day) {
  if (day == kDayMin || day == kDayMax) return "";
  const absl::CivilDay civil = absl::CivilDay(1970, 1, 1) + day;
  const char* sign = civil.year() < 0 ? "-" : civil.year() > 9999 ? "+" : "";
  return absl::StrCat(sign, absl::Dec(std::abs(civil.year()), absl::kZeroPad4), "-",
                      absl::Dec(civil.month(), absl::kZeroPad2), "-",
                      absl::Dec(civil.day(), absl::kZeroPad2));
}

absl::StatusOr<Bounds> ComputeBounds(const v1::ValidTime& valid) {
  ASSIGN_OR_RETURN(DayRange start, StartRange(valid));
  ASSIGN_OR_RETURN(DayRange end, EndRange(valid));
  // It began at the latest when it ended, and ended at the earliest when it began.
  if (valid.start().empty()) start.latest = end.latest;
  if (valid.end().empty()) end.earliest = start.earliest;
  if (end.latest < start.earliest) {
    return errors::ValidTimeReversed("", valid.start(), valid.end());
  }
  return Bounds{start.earliest, start.latest, end.earliest, end.latest};
}

void SetBoundFields(const Bounds& bounds, v1::ValidTime* valid) {
  valid->set_earliest_start(FormatDay(bounds.earliest_start));
  valid->set_latest_start(FormatDay(bounds.latest_start));
  valid->set_earliest_end(FormatDay(bounds.earliest_end));
  valid->set_latest_end(FormatDay(bounds.latest_end));
}

v1::Certainty HeldOn(const Bounds& bounds, Day day) {
  if (bounds.latest_start <= day && day <= bounds.earliest_end) {
    return v1::CERTAINTY_CERTAIN;
  }
  if (bounds.earliest_start <= day && day <= bounds.latest_end) {
    return v1::CERTAINTY_POSSIBLE;
  }
  return v1::CERTAINTY_NO;
}

bool CertainlyOverlap(const Bounds& a, const Bounds& b) {
  return std::max(a.latest_start, b.latest_start) <=
         std::min(a.earliest_end, b.earliest_end);
}

}  // namespace labgraph::schema
