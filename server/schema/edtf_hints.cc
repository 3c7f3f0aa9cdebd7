#include "server/schema/edtf_hints.h"

#include "absl/strings/match.h"

namespace labgraph::schema {
namespace {

struct Hint {
  absl::string_view found;  // any of these characters
  absl::string_view problem;
};

constexpr Hint kHints[] = {
    {"/", "an interval is no date; give its ends apart, as start and end."},
    {"T", "a time of day is not accepted; write the day, for example \"2021-07-14\"."},
    {"Y", "years have four digits, from \"-9999\" to \"9999\"."},
    {"+", "years have no \"+\"; write for example \"2021\"."},
    {"{,",
     "a set is not accepted; write \"[2021..2023]\" for one day between two dates."},
    {"?~%",
     "\"?\", \"~\" and \"%\" stand once, at the end of a date; write \"2021-07~\"."},
    {"X",
     "\"X\" stands for unknown digits from the right: \"195X\", \"2021-XX\", "
     "\"2021-07-XX\"; a date wholly unknown is left empty."},
    {"x", "unknown digits are a capital \"X\", for example \"195X\"."},
    {"[]",
     "brackets enclose two dates: \"[2021-06..2023-04]\", \"[2021-06..]\" or "
     "\"[..2023-04]\"."},
    {".",
     "\"..\" stands alone as a start or an end, or in brackets: \"[2021-06..2023-04]\"."},
};

}  // namespace

absl::string_view DateHint(char found) {
  for (const Hint& hint : kHints) {
    if (absl::StrContains(hint.found, found)) return hint.problem;
  }
  return kDateExamples;
}

}  // namespace labgraph::schema
