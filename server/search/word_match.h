#ifndef LABGRAPH_SERVER_SEARCH_WORD_MATCH_H_
#define LABGRAPH_SERVER_SEARCH_WORD_MATCH_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/search/fuzzy_matcher.h"

namespace labgraph::search {

// How a word of a query meets a word of a name.
struct WordMatch {
  // WORDS for the same word, PREFIX, FUZZY; UNSPECIFIED for none.
  v1::MatchType type = v1::MATCH_TYPE_UNSPECIFIED;
  double quality = 0;  // between 0 and 1 within the type

  explicit operator bool() const { return type != v1::MATCH_TYPE_UNSPECIFIED; }
};

// Whether `a` is the better match of two.
bool Better(const WordMatch& a, const WordMatch& b);

// Compares one word of a query with words of names; all folded. Not thread-safe.
class WordMatcher {
 public:
  // `last`: the word may be unfinished, so that beginnings of words count more.
  WordMatcher(absl::string_view word, bool last);

  WordMatch Match(absl::string_view name_word);

 private:
  std::string word_;
  size_t letters_;
  bool last_;
  FuzzyMatcher fuzzy_;
};

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_WORD_MATCH_H_
