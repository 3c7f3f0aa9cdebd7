#include "server/search/ranking.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "absl/types/optional.h"
#include "server/base/status_macros.h"

namespace labgraph::search {
namespace {

bool BetterResult(const v1::SearchResult& a, const v1::SearchResult& b) {
  if (a.score() != b.score()) return a.score() > b.score();
  return a.entity().id() < b.entity().id();
}

}  // namespace

absl::StatusOr<bool> Ranking::OfKind(keys::EntityNumber entity) const {
  if (kinds_->empty()) return true;
  ASSIGN_OR_RETURN(const absl::optional<schema::KindNumber> kind,
                   view_->records().KindOf(entity));
  return kind.has_value() && kinds_->contains(*kind);
}

absl::Status Ranking::Consider(keys::EntityNumber number) {
  ASSIGN_OR_RETURN(absl::optional<v1::Entity> entity,
                   view_->GetEntity(number, v1::ENTITY_VIEW_NAMES));
  if (!entity.has_value()) return absl::OkStatus();
  Score score = scorer_.ScoreOf(*entity);
  const int words = std::popcount(score.words);
  if (words < most_words_) return absl::OkStatus();
  if (words > most_words_) ranked_.results.clear();
  most_words_ = words;
  v1::SearchResult& result = ranked_.results.emplace_back();
  *result.mutable_entity() = *std::move(entity);
  *result.mutable_matched() = std::move(score.matched);
  result.set_score(score.value);
  result.set_match(score.match);
  return absl::OkStatus();
}

absl::Status Ranking::Add(const std::vector<Candidate>& candidates, int least_words) {
  for (const Candidate& candidate : candidates) {
    // They come with the most possible words first.
    if (candidate.possible < std::max(least_words, most_words_)) break;
    if (loaded_ >= kEntitiesLoaded || scorer_.names_scored() >= kNamesScored) break;
    if (seen_.size() - loaded_ >= kEntitiesPassedOver) break;
    if (!seen_.insert(candidate.entity).second) continue;
    ASSIGN_OR_RETURN(const bool of_kind, OfKind(candidate.entity));
    if (!of_kind) continue;
    ++loaded_;
    RETURN_IF_ERROR(Consider(candidate.entity));
  }
  return absl::OkStatus();
}

Ranked Ranking::Take(size_t limit) {
  ranked_.all_words = static_cast<size_t>(most_words_) == query_->words.size();
  std::sort(ranked_.results.begin(), ranked_.results.end(), BetterResult);
  if (ranked_.results.size() > limit) ranked_.results.resize(limit);
  return std::move(ranked_);
}

absl::StatusOr<Ranked> Rank(graph::View& view, const Query& query,
                            const absl::flat_hash_set<schema::KindNumber>& kinds,
                            size_t limit) {
  const graph::VersionedReader& rows = view.records().rows();
  const int all_words = static_cast<int>(query.words.size());
  Ranking ranking(&view, &query, &kinds);
  ASSIGN_OR_RETURN(std::vector<Candidate> candidates,
                   FindCandidates(rows, query, Reach::kPlain));
  RETURN_IF_ERROR(ranking.Add(candidates, all_words));
  if (ranking.size() < limit) {
    ASSIGN_OR_RETURN(candidates, FindCandidates(rows, query, Reach::kFuzzy));
    RETURN_IF_ERROR(ranking.Add(candidates, 1));
  }
  return ranking.Take(limit);
}

}  // namespace labgraph::search
