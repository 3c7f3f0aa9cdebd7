#include "server/search/query.h"

#include <utility>

#include "server/search/fold.h"
#include "server/search/name_index.h"

namespace labgraph::search {

Query MakeQuery(absl::string_view text, std::vector<std::string> langs) {
  Query query;
  query.words = FoldWords(text);
  if (query.words.size() > 1 && query.words.size() <= kConcatenatedWords) {
    query.concatenation = ConcatWords(query.words);
  }
  query.langs = std::move(langs);
  return query;
}

}  // namespace labgraph::search
