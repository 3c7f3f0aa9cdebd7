#include "client/cli/words/valid_time_words.h"

#include "absl/strings/str_cat.h"

namespace labgraph::cli {
namespace {

constexpr char kOpen[] = "..";

std::string DescribeBounds(const std::string& start, const std::string& end) {
  const bool from_ever = start == kOpen;
  const bool still_so = end == kOpen;
  if (from_ever && still_so) return "always";
  if (still_so) return start.empty() ? "still so" : absl::StrCat("since ", start);
  if (start.empty() && end.empty()) return "";
  if (end.empty()) return from_ever ? "from ever" : absl::StrCat("from ", start);
  if (start.empty() || from_ever) return absl::StrCat("until ", end);
  if (start == end) return absl::StrCat("in ", start);
  return absl::StrCat(start, " to ", end);
}

}  // namespace

std::string DescribeValidTime(const v1::ValidTime& valid) {
  const std::string bounds = DescribeBounds(valid.start(), valid.end());
  if (valid.text().empty()) return bounds;
  if (bounds.empty()) return valid.text();
  return absl::StrCat(valid.text(), " (", bounds, ")");
}

}  // namespace labgraph::cli
