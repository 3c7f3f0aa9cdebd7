#include "server/search/candidates.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/search/fold.h"
#include "server/search/fuzzy_words.h"
#include "server/search/name_index.h"
#include "server/search/word_cursor.h"

namespace labgraph::search {
namespace {

// A set of a query's words by their place.
using WordSet = uint64_t;
static_assert(kFoldedWords <= 64, "a word of a query is a bit of a WordSet");

constexpr WordSet FirstWords(size_t count) { return ~WordSet{0} >> (64 - count); }

// Collects which entities have which words.
class Gatherer {
 public:
  Gatherer(const graph::VersionedReader& rows, const Query& query)
      : rows_(rows), query_(query), all_(FirstWords(query.words.size())) {}

  // Names that are, or begin with, the whole query. This finds the very name however
  // common its words are.
  absl::Status AddNames() {
    size_t budget = kNameRowsRead;
    const std::string name = WholeNameTerm(JoinWords(query_.words));
    return AddWithBeginnings(name, {all_, Trace::kName}, Trace::kNameBeginning, &budget);
  }

  absl::Status AddPlain(absl::string_view word, WordSet words) {
    size_t budget = kRowsRead / query_.words.size();
    return AddWithBeginnings(word, {words, Trace::kWord}, Trace::kWordBeginning, &budget);
  }

  absl::Status AddFuzzy(absl::string_view word, WordSet words) {
    ASSIGN_OR_RETURN(
        const std::vector<FuzzyWord> near,
        FindFuzzyWords(rows_, word, kFuzzyWordsExamined / query_.words.size()));
    size_t budget = kFuzzyRowsRead / query_.words.size();
    for (const FuzzyWord& fuzzy : near) {
      RETURN_IF_ERROR(
          AddRows(WordPrefix(fuzzy.word), "", {words, Trace::kFuzzyWord}, &budget));
    }
    return absl::OkStatus();
  }

  // `add` for each word, and for the words written as one.
  absl::Status ForEachWord(absl::Status (Gatherer::*add)(absl::string_view, WordSet)) {
    for (size_t i = 0; i < query_.words.size(); ++i) {
      RETURN_IF_ERROR((this->*add)(query_.words[i], WordSet{1} << i));
    }
    if (query_.concatenation.empty()) return absl::OkStatus();
    return (this->*add)(query_.concatenation, all_);
  }

  std::vector<Candidate> Take() const {
    std::vector<Candidate> candidates;
    candidates.reserve(found_.size());
    for (const auto& [entity, hit] : found_) {
      candidates.push_back(
          {entity, std::popcount(hit.words), std::popcount(hit.words | cut_), hit.trace});
    }
    std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
      return std::tie(b.possible, b.words, b.trace, a.entity) <
             std::tie(a.possible, a.words, a.trace, b.entity);
    });
    return candidates;
  }

 private:
  struct Hit {
    WordSet words = 0;
    Trace trace = Trace::kFuzzyWord;
  };

  // Rows of the term, then of those that it begins.
  absl::Status AddWithBeginnings(absl::string_view term, Hit hit, Trace beginning,
                                 size_t* budget) {
    const std::string itself = WordPrefix(term);
    RETURN_IF_ERROR(AddRows(itself, "", hit, budget));
    return AddRows(term, keys::PrefixEnd(itself), {hit.words, beginning}, budget);
  }

  // Adds the hit to the entities of the rows from `start` on that begin with `prefix`.
  absl::Status AddRows(absl::string_view prefix, absl::string_view start, Hit hit,
                       size_t* budget) {
    graph::RowScan scan = rows_.Scan(keys::kText, prefix, start);
    for (; scan.Valid() && *budget > 0; scan.Next(), --*budget) {
      Hit& found = found_[keys::LastBe64(scan.key())];
      found.words |= hit.words;
      found.trace = std::max(found.trace, hit.trace);
    }
    // Names and words written as one only add to what the single words find.
    if (scan.Valid() && std::has_single_bit(hit.words)) cut_ |= hit.words;
    return scan.status();
  }

  const graph::VersionedReader& rows_;
  const Query& query_;
  const WordSet all_;
  WordSet cut_ = 0;  // words with rows that were not read
  absl::flat_hash_map<keys::EntityNumber, Hit> found_;
};

}  // namespace

absl::StatusOr<std::vector<Candidate>> FindCandidates(const graph::VersionedReader& rows,
                                                      const Query& query, Reach reach) {
  Gatherer gatherer(rows, query);
  RETURN_IF_ERROR(gatherer.AddNames());
  RETURN_IF_ERROR(gatherer.ForEachWord(&Gatherer::AddPlain));
  if (reach == Reach::kFuzzy) RETURN_IF_ERROR(gatherer.ForEachWord(&Gatherer::AddFuzzy));
  return gatherer.Take();
}

}  // namespace labgraph::search
