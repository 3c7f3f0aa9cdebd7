#ifndef LABGRAPH_SERVER_SEARCH_CANDIDATES_H_
#define LABGRAPH_SERVER_SEARCH_CANDIDATES_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "server/graph/versioned_reader.h"
#include "server/keys/keys.h"
#include "server/search/query.h"

namespace labgraph::search {

// What one search may read of the index; the words of a query share it. Far above what a
// name needs, so that only words borne by very many entities are cut.
inline constexpr size_t kRowsRead = 50000;
inline constexpr size_t kFuzzyRowsRead = 50000;
// Rows of whole names that begin with the query.
inline constexpr size_t kNameRowsRead = 2000;
// Words of the index compared with those of a query.
inline constexpr size_t kFuzzyWordsExamined = 50000;

// By what an entity was found; the later the likelier it is what was meant.
enum class Trace { kFuzzyWord, kWordBeginning, kWord, kNameBeginning, kName };

// An entity that the index has for some words of a query.
struct Candidate {
  keys::EntityNumber entity = 0;
  int words = 0;     // of the query's words, those the index is known to have
  int possible = 0;  // and those with rows that were not read
  Trace trace = Trace::kFuzzyWord;  // the likeliest
};

// kPlain: words as written and words that begin so. kFuzzy: with typing errors too.
enum class Reach { kPlain, kFuzzy };

// Entities with any word of the query, most possible words first, then most words, then
// the likeliest trace, then by number. Reads a bounded part of the index; the names of a
// candidate decide. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<std::vector<Candidate>> FindCandidates(const graph::VersionedReader& rows,
                                                      const Query& query, Reach reach);

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_CANDIDATES_H_
