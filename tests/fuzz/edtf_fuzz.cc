// Dates: a text is refused or means days in order, and what follows from them agrees. A
// line is the start of a valid time, the next its end.

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/base/limits.h"
#include "server/schema/edtf.h"
#include "tests/fuzz/check.h"

namespace labgraph::fuzz {
namespace {

void ParseOne(absl::string_view text) {
  const auto range = schema::ParseDate(text);
  CheckAnswer(range.status(), "ParseDate");
  const auto day = schema::ParseDay(text);
  CheckAnswer(day.status(), "ParseDay");
  if (range.ok()) {
    Check(text.size() <= limits::kDateBytes.value, "limit on dates");
    Check(range->earliest <= range->latest, "order of a date's days");
  }
  if (!day.ok()) return;
  Check(range.ok() && range->earliest == *day && range->latest == *day,
        "a day is a date that means one day");
  Check(schema::FormatDay(*day) == text, "a day is written as it was read");
}

// How certainly a fact held on a day that its bounds make a border.
void CheckHeld(const schema::Bounds& bounds, schema::Day day) {
  const v1::Certainty held = schema::HeldOn(bounds, day);
  const bool possible = bounds.earliest_start <= day && day <= bounds.latest_end;
  Check((held != v1::CERTAINTY_NO) == possible, "a fact may hold between its bounds");
  const bool certain = bounds.latest_start <= day && day <= bounds.earliest_end;
  Check((held == v1::CERTAINTY_CERTAIN) == certain, "a fact holds between its bounds");
}

void ParseInterval(absl::string_view start, absl::string_view end) {
  v1::ValidTime valid;
  valid.set_start(std::string(start));
  valid.set_end(std::string(end));
  const auto bounds = schema::ComputeBounds(valid);
  CheckAnswer(bounds.status(), "ComputeBounds");
  if (!bounds.ok()) return;
  Check(bounds->earliest_start <= bounds->latest_start, "order of starts");
  Check(bounds->earliest_end <= bounds->latest_end, "order of ends");
  Check(bounds->earliest_start <= bounds->latest_end, "an end before its start");
  for (const schema::Day day : {bounds->earliest_start, bounds->latest_start,
                                bounds->earliest_end, bounds->latest_end}) {
    CheckHeld(*bounds, day);
  }
  schema::CertainlyOverlap(*bounds, schema::Bounds());
  schema::SetBoundFields(*bounds, &valid);
}

}  // namespace

void TestOneInput(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> ends =
      absl::StrSplit(text, absl::MaxSplits('\n', 1));
  ParseOne(ends.first);
  ParseOne(ends.second);
  ParseInterval(ends.first, ends.second);
}

}  // namespace labgraph::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  labgraph::fuzz::TestOneInput(labgraph::fuzz::Text(data, size));
  return 0;
}
