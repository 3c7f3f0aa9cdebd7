#include "client/cli/hops.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace labgraph::cli {

absl::optional<Hops> ReadHops(absl::string_view text) {
  const std::vector<absl::string_view> bounds = absl::StrSplit(text, "..");
  Hops hops;
  const bool is_range =
      bounds.size() <= 2 && absl::SimpleAtoi(bounds.front(), &hops.min) &&
      absl::SimpleAtoi(bounds.back(), &hops.max) && hops.min <= hops.max;
  if (!is_range) return absl::nullopt;
  return hops;
}

}  // namespace labgraph::cli
