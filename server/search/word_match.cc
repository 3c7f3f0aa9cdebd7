#include "server/search/word_match.h"

#include "absl/strings/match.h"
#include "server/search/fold.h"

namespace labgraph::search {
namespace {

// What the beginning of a word is worth where the query goes on after it.
constexpr double kFinishedPrefix = 0.8;

}  // namespace

bool Better(const WordMatch& a, const WordMatch& b) {
  if (!a || !b) return static_cast<bool>(a) && !b;
  if (a.type != b.type) return a.type < b.type;
  return a.quality > b.quality;
}

WordMatcher::WordMatcher(absl::string_view word, bool last)
    : word_(word),
      letters_(Letters(word).size()),
      last_(last),
      fuzzy_(word, AllowedEdits(letters_)) {}

WordMatch WordMatcher::Match(absl::string_view name_word) {
  if (name_word == word_) return {v1::MATCH_TYPE_WORDS, 1};
  if (absl::StartsWith(name_word, word_)) {
    const double whole = static_cast<double>(Letters(name_word).size());
    return {v1::MATCH_TYPE_PREFIX,
            static_cast<double>(letters_) / whole * (last_ ? 1 : kFinishedPrefix)};
  }
  const absl::optional<int> edits = fuzzy_.Edits(name_word);
  if (!edits.has_value()) return {};
  return {v1::MATCH_TYPE_FUZZY, 1 - *edits / static_cast<double>(letters_)};
}

}  // namespace labgraph::search
