#include "server/search/name_match.h"

#include <algorithm>
#include <bit>

#include "server/search/fold.h"
#include "server/search/name_index.h"

namespace labgraph::search {
namespace {

// What is left of the quality when a query covers next to nothing of a name.
constexpr double kUncoveredQuality = 0.5;
// Words run together or torn apart are worth a little less than words as written.
constexpr double kConcatenatedQuality = 0.95;

// The best word of the name that no other word of the query took, which it takes.
WordMatch TakeBest(WordMatcher* word, const std::vector<std::string>& name,
                   std::vector<bool>* taken) {
  WordMatch best;
  size_t best_place = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    if ((*taken)[i]) continue;
    const WordMatch match = word->Match(name[i]);
    if (!Better(match, best)) continue;
    best = match;
    best_place = i;
  }
  if (best) (*taken)[best_place] = true;
  return best;
}

NameMatch Align(absl::Span<WordMatcher> query, const std::vector<std::string>& name) {
  NameMatch result;
  std::vector<bool> taken(name.size(), false);
  double quality = 0;
  for (size_t i = 0; i < query.size(); ++i) {
    const WordMatch match = TakeBest(&query[i], name, &taken);
    if (!match) continue;
    result.words |= uint64_t{1} << i;
    result.type = std::max(result.type, match.type);
    quality += match.quality;
  }
  const double met = std::popcount(result.words);
  if (met == 0) return result;
  if (met < query.size()) result.type = v1::MATCH_TYPE_FUZZY;
  const double covered = met / name.size();
  result.quality =
      quality / query.size() * (kUncoveredQuality + (1 - kUncoveredQuality) * covered);
  return result;
}

}  // namespace

bool Better(const NameMatch& a, const NameMatch& b) {
  const int words_a = std::popcount(a.words);
  const int words_b = std::popcount(b.words);
  if (words_a != words_b) return words_a > words_b;
  if (a.type != b.type) return a.type < b.type;
  return a.quality > b.quality;
}

NameMatcher::NameMatcher(const Query* query) : query_(query) {
  for (size_t i = 0; i < query->words.size(); ++i) {
    words_.emplace_back(query->words[i], i + 1 == query->words.size());
  }
  if (!query->concatenation.empty())
    concatenation_.emplace_back(query->concatenation, true);
}

NameMatch NameMatcher::Match(absl::string_view name) {
  const std::vector<std::string> words = FoldWords(name);
  if (words.empty()) return {};
  NameMatch best = Align(absl::MakeSpan(words_), words);
  if (words == query_->words) {
    best.type = v1::MATCH_TYPE_EXACT;
    return best;
  }
  const auto try_concatenated = [&](std::vector<WordMatcher>& query,
                                    const std::vector<std::string>& against) {
    NameMatch match = Align(absl::MakeSpan(query), against);
    if (match.words == 0) return;
    match.words = ~uint64_t{0} >> (64 - query_->words.size());
    match.quality *= kConcatenatedQuality;
    if (Better(match, best)) best = match;
  };
  if (!concatenation_.empty()) try_concatenated(concatenation_, words);
  if (words.size() == 1 || words.size() > kConcatenatedWords) return best;
  const std::vector<std::string> concatenated = {ConcatWords(words)};
  if (words_.size() == 1) try_concatenated(words_, concatenated);
  if (!concatenation_.empty()) try_concatenated(concatenation_, concatenated);
  return best;
}

}  // namespace labgraph::search
