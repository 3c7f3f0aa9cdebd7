#include "server/search/scorer.h"

#include <algorithm>
#include <bit>
#include <map>

#include "server/search/name_index.h"

namespace labgraph::search {
namespace {

// What counts against a name, as a part of its band.
constexpr double kAlias = 0.1;
constexpr double kIdKey = 0.2;
constexpr double kLaterLanguage = 0.05;
constexpr double kOtherLanguage = 0.1;
constexpr double kPlaceholder = 0.3;

struct Band {
  double low;
  double high;
};

Band BandOf(v1::MatchType type, bool all_words) {
  if (!all_words) return {0.001, 0.0999};
  switch (type) {
    case v1::MATCH_TYPE_EXACT:
      return {0.9, 1};
    case v1::MATCH_TYPE_WORDS:
      return {0.65, 0.8999};
    case v1::MATCH_TYPE_PREFIX:
      return {0.4, 0.6499};
    default:
      return {0.1, 0.3999};
  }
}

}  // namespace

double Scorer::AgainstLanguage(absl::string_view lang) const {
  if (lang.empty() || lang == query_->langs.front()) return 0;
  const bool asked_for =
      std::find(query_->langs.begin(), query_->langs.end(), lang) != query_->langs.end();
  return asked_for ? kLaterLanguage : kOtherLanguage;
}

void Scorer::Consider(absl::string_view name, absl::string_view lang, double against,
                      Score* score) {
  ++names_scored_;
  const NameMatch match = matcher_.Match(name);
  if (match.words == 0) return;
  score->words |= match.words;
  const size_t words = static_cast<size_t>(std::popcount(match.words));
  const bool all_words = words == query_->words.size();
  const Band band = BandOf(match.type, all_words);
  const double met =
      static_cast<double>(words) / static_cast<double>(query_->words.size());
  const double quality = all_words ? match.quality : met * match.quality;
  const double value =
      band.low +
      (band.high - band.low) * std::max(0.0, quality - against - AgainstLanguage(lang));
  if (value <= score->value) return;
  score->value = value;
  score->match = match.type;
  score->matched.set_lang(std::string(lang));
  score->matched.set_text(std::string(name));
}

Score Scorer::ScoreOf(const v1::Entity& entity) {
  Score score;
  const double placeholder = entity.placeholder() ? kPlaceholder : 0;
  // In order of language, so that of equal names the same one is given every time.
  const std::map<std::string, std::string> names(entity.names().begin(),
                                                 entity.names().end());
  for (const auto& [lang, name] : names) Consider(name, lang, placeholder, &score);
  for (const v1::Alias& alias : entity.aliases()) {
    Consider(alias.text(), alias.lang(), placeholder + kAlias, &score);
  }
  Consider(KeyOfId(entity.id()), "", placeholder + kIdKey, &score);
  return score;
}

}  // namespace labgraph::search
