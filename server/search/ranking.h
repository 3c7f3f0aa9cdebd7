#ifndef LABGRAPH_SERVER_SEARCH_RANKING_H_
#define LABGRAPH_SERVER_SEARCH_RANKING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/schema/ontology.h"
#include "server/search/candidates.h"
#include "server/search/query.h"
#include "server/search/scorer.h"

namespace labgraph::search {

// What one search may load and compare; past any, the likeliest were looked at.
inline constexpr size_t kEntitiesLoaded = 2000;
// Candidates of other kinds that it passes over besides.
inline constexpr size_t kEntitiesPassedOver = 100000;
inline constexpr uint64_t kNamesScored = 50000;

// Entities found, best first: score, then id.
struct Ranked {
  std::vector<v1::SearchResult> results;
  bool all_words =
      false;  // every result has all words of the query; else all have as many
};

// Loads candidates and keeps those with the most words of the query. What the view does
// not show counts for nothing. Not thread-safe.
class Ranking {
 public:
  // All must outlive this. `kinds` empty: all.
  Ranking(graph::View* view, const Query* query,
          const absl::flat_hash_set<schema::KindNumber>* kinds)
      : view_(view), query_(query), kinds_(kinds), scorer_(query) {}

  // Ranks the candidates, likeliest first, that may have at least `least_words` words.
  // Each entity is looked at once. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::Status Add(const std::vector<Candidate>& candidates, int least_words);

  size_t size() const { return ranked_.results.size(); }
  // The best `limit`.
  Ranked Take(size_t limit);

 private:
  absl::Status Consider(keys::EntityNumber entity);
  absl::StatusOr<bool> OfKind(keys::EntityNumber entity) const;

  graph::View* view_;
  const Query* query_;
  const absl::flat_hash_set<schema::KindNumber>* kinds_;
  Scorer scorer_;
  absl::flat_hash_set<keys::EntityNumber> seen_;
  size_t loaded_ = 0;  // of those seen; the others were of no kind asked for
  Ranked ranked_;
  int most_words_ = 1;  // that a result has
};

// Looks plainly first, and with typing errors where that gives fewer than `limit`. The
// query has at least one word. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<Ranked> Rank(graph::View& view, const Query& query,
                            const absl::flat_hash_set<schema::KindNumber>& kinds,
                            size_t limit);

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_RANKING_H_
