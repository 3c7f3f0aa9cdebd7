#ifndef LABGRAPH_SERVER_SEARCH_QUERY_H_
#define LABGRAPH_SERVER_SEARCH_QUERY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace labgraph::search {

// What is looked for, folded. A value.
struct Query {
  std::vector<std::string> words;
  // The words written as one, as "cater pillar" may be meant; empty for one word and for
  // more than kConcatenatedWords.
  std::string concatenation;
  // Languages in order of preference.
  std::vector<std::string> langs;
};

// `words` is empty where the text has no letter or digit.
Query MakeQuery(absl::string_view text, std::vector<std::string> langs);

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_QUERY_H_
