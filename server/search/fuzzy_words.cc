#include "server/search/fuzzy_words.h"

#include <algorithm>

#include "absl/types/optional.h"
#include "server/base/status_macros.h"
#include "server/search/fold.h"
#include "server/search/fuzzy_matcher.h"
#include "server/search/word_cursor.h"

namespace labgraph::search {

absl::StatusOr<std::vector<FuzzyWord>> FindFuzzyWords(const graph::VersionedReader& rows,
                                                      absl::string_view word,
                                                      size_t most_words) {
  std::vector<FuzzyWord> found;
  const int max_edits = AllowedEdits(Letters(word).size());
  if (max_edits == 0) return found;
  FuzzyMatcher matcher(word, max_edits);
  WordCursor cursor(rows);
  for (size_t looked_at = 0; cursor.Valid() && looked_at < most_words; ++looked_at) {
    const absl::optional<int> edits = matcher.Edits(cursor.word());
    if (edits.has_value() && *edits > 0) found.push_back({cursor.word(), *edits});
    const std::string next = matcher.NextAfter();
    if (next.empty()) break;
    cursor.SkipTo(next);
  }
  RETURN_IF_ERROR(cursor.status());
  std::stable_sort(
      found.begin(), found.end(),
      [](const FuzzyWord& a, const FuzzyWord& b) { return a.edits < b.edits; });
  return found;
}

}  // namespace labgraph::search
