#ifndef LABGRAPH_SERVER_SEARCH_FUZZY_MATCHER_H_
#define LABGRAPH_SERVER_SEARCH_FUZZY_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph::search {

// Typing errors forgiven in a query's word of so many letters.
int AllowedEdits(size_t letters);

// Tells how far words are from one word, in letters put in, left out, replaced, or
// swapped with the next; no letter is changed twice (optimal string alignment). Words
// given in order share the work on what they begin with, and NextAfter says how far to
// skip: it is a Levenshtein automaton run as a table whose rows are the prefixes. Not
// thread-safe.
class FuzzyMatcher {
 public:
  // `word` is folded; `max_edits` at least 0.
  FuzzyMatcher(absl::string_view word, int max_edits);

  // Edits from the word to `candidate`; nullopt where there are more than allowed.
  absl::optional<int> Edits(absl::string_view candidate);

  // The least string above the last candidate that may begin a match, so that a sorted
  // dictionary can be read from there on; empty when there is none. It need not be UTF-8.
  std::string NextAfter() const;

 private:
  // Distances of one prefix of the candidate to every prefix of the word, capped at
  // max_edits_ + 1.
  using Row = std::vector<uint8_t>;

  // The row for the prefix of `depth` letters followed by `letter`.
  // REQUIRES: rows of prefixes up to `depth` exist.
  Row Extend(size_t depth, char32_t letter) const;
  uint8_t Least(size_t depth) const;
  // The least letter above `letter` with which the prefix of `depth` letters may still
  // begin a match, 0 when there is none. REQUIRES: Least(depth) == max_edits_.
  char32_t NextLetter(size_t depth, char32_t letter) const;

  const std::u32string word_;
  const std::u32string sorted_;  // its letters in order
  const uint8_t max_edits_;
  std::string candidate_;
  std::u32string letters_;  // of the candidate, as far as it was looked at
  std::vector<Row> rows_;   // by prefix length; all but the last may begin a match
};

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_FUZZY_MATCHER_H_
