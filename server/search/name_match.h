#ifndef LABGRAPH_SERVER_SEARCH_NAME_MATCH_H_
#define LABGRAPH_SERVER_SEARCH_NAME_MATCH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/search/query.h"
#include "server/search/word_match.h"

namespace labgraph::search {

// How a query meets one name.
struct NameMatch {
  v1::MatchType type = v1::MATCH_TYPE_UNSPECIFIED;  // that of the worst word
  double quality = 0;                               // between 0 and 1 within the type
  uint64_t words = 0;                               // bit i: the query's word i is met
};

// Whether `a` is the better match of two: more words, better type, better quality.
bool Better(const NameMatch& a, const NameMatch& b);

// Compares a query with names. Not thread-safe.
class NameMatcher {
 public:
  // `query` has at least one word and must outlive this.
  explicit NameMatcher(const Query* query);

  // The name as it stands, not folded. UNSPECIFIED where no word is met.
  //   EXACT  the same words, nothing else
  //   WORDS  every word of the query is one of the name
  //   PREFIX every word of the query is, or begins, one of the name
  //   FUZZY  every word of the query is close to one of the name, or one is missing
  // Quality is the mean of the words', less for words of the name that the query lacks.
  // Words may be written as one on either side.
  NameMatch Match(absl::string_view name);

 private:
  const Query* query_;
  std::vector<WordMatcher> words_;
  std::vector<WordMatcher> concatenation_;  // one or none
};

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_NAME_MATCH_H_
