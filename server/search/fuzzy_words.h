#ifndef LABGRAPH_SERVER_SEARCH_FUZZY_WORDS_H_
#define LABGRAPH_SERVER_SEARCH_FUZZY_WORDS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/graph/versioned_reader.h"

namespace labgraph::search {

// A word of the index close to one asked for.
struct FuzzyWord {
  std::string word;
  int edits = 0;
  friend bool operator==(const FuzzyWord&, const FuzzyWord&) = default;
};

// The words of the index within AllowedEdits of `word`, itself left out, closest
// first, then in order. `most_words` is how many words of the index may be looked at:
// past that, what was found so far. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<std::vector<FuzzyWord>> FindFuzzyWords(const graph::VersionedReader& rows,
                                                      absl::string_view word,
                                                      size_t most_words);

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_FUZZY_WORDS_H_
