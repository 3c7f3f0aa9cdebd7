#include <algorithm>
#include <numeric>

#include "absl/strings/ascii.h"
#include "server/schema/checks.h"

namespace labgraph::schema {
namespace {

// Longer names are no slips of the pen, and would be slow to compare.
constexpr size_t kMaxBytes = 128;
constexpr size_t kMaxDistance = 3;

// Edits that still pass as a slip in a name of this length: one in four characters.
size_t AcceptedDistance(size_t bytes) {
  return std::min(std::max<size_t>(1, bytes / 4), kMaxDistance);
}

// Insertions, deletions, replacements and exchanges of neighbours that make `b` of `a`,
// none edited twice. Any number above `cutoff` stands for all above it.
size_t EditDistance(absl::string_view a, absl::string_view b, size_t cutoff) {
  const size_t lengths_apart =
      a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (lengths_apart > cutoff) return lengths_apart;
  // Row i holds the distances of the first i bytes of `a` to every beginning of `b`.
  std::vector<size_t> before_last, last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool exchanged =
          i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string Nearest(absl::string_view name,
                    const std::vector<absl::string_view>& candidates) {
  if (name.size() > kMaxBytes) return "";
  const std::string folded = absl::AsciiStrToLower(name);
  absl::string_view best;
  size_t best_distance = AcceptedDistance(name.size());
  for (const absl::string_view candidate : candidates) {
    const size_t distance =
        EditDistance(folded, absl::AsciiStrToLower(candidate), best_distance);
    // With every character replaced nothing speaks for the candidate.
    if (distance > best_distance || distance >= std::max(name.size(), candidate.size())) {
      continue;
    }
    if (distance < best_distance || best.empty() || candidate < best) best = candidate;
    best_distance = distance;
  }
  return std::string(best);
}

}  // namespace labgraph::schema
