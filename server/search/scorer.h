#ifndef LABGRAPH_SERVER_SEARCH_SCORER_H_
#define LABGRAPH_SERVER_SEARCH_SCORER_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "labgraph/v1/entity.pb.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/search/name_match.h"
#include "server/search/query.h"

namespace labgraph::search {

// How well an entity answers a query, and by which of its names.
struct Score {
  double value = 0;
  v1::MatchType match = v1::MATCH_TYPE_UNSPECIFIED;  // UNSPECIFIED: not at all
  v1::LocalizedText matched;
  uint64_t words = 0;  // bit i: some name meets the query's word i
};

// Scores entities for one query. Each type of match has its own band, so that no fuzzy
// match passes one by prefix, and so on:
//
//   EXACT 0.9 to 1 | WORDS 0.65 to 0.9 | PREFIX 0.4 to 0.65 | FUZZY 0.1 to 0.4
//   a name that lacks a word of the query, below 0.1
//
// The place within the band is the quality of the name's match less what counts against
// it: an alias counts below a preferred name and the key of the id below both, a name in
// another language below one in a language asked for, and a placeholder below a thing
// with a name of its own. 1 is the very preferred name in the first language. Not
// thread-safe.
class Scorer {
 public:
  // `query` must outlive this.
  explicit Scorer(const Query* query) : query_(query), matcher_(query) {}

  Score ScoreOf(const v1::Entity& entity);
  // Names, aliases and keys looked at so far; scoring takes time by their number.
  uint64_t names_scored() const { return names_scored_; }

 private:
  // Makes the name the score's, if it is the best so far. `against` is what counts
  // against it.
  void Consider(absl::string_view name, absl::string_view lang, double against,
                Score* score);
  double AgainstLanguage(absl::string_view lang) const;

  const Query* query_;
  NameMatcher matcher_;
  uint64_t names_scored_ = 0;
};

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_SCORER_H_
