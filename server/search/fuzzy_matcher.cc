#include "server/search/fuzzy_matcher.h"

#include <algorithm>

#include "server/keys/codec.h"
#include "server/search/fold.h"

namespace labgraph::search {
namespace {

constexpr size_t kLettersForOneEdit = 4;
constexpr size_t kLettersForTwoEdits = 8;

// Sorts before every letter.
constexpr char kBelowLetters = '\x01';

std::u32string Sorted(std::u32string letters) {
  std::sort(letters.begin(), letters.end());
  return letters;
}

}  // namespace

int AllowedEdits(size_t letters) {
  if (letters >= kLettersForTwoEdits) return 2;
  return letters >= kLettersForOneEdit ? 1 : 0;
}

FuzzyMatcher::FuzzyMatcher(absl::string_view word, int max_edits)
    : word_(Letters(word)),
      sorted_(Sorted(word_)),
      max_edits_(static_cast<uint8_t>(max_edits)) {
  Row first(word_.size() + 1);
  for (size_t i = 0; i < first.size(); ++i) {
    first[i] = static_cast<uint8_t>(std::min<size_t>(i, max_edits_ + 1));
  }
  rows_.push_back(std::move(first));
}

FuzzyMatcher::Row FuzzyMatcher::Extend(size_t depth, char32_t letter) const {
  const Row& above = rows_[depth];
  const uint8_t cap = static_cast<uint8_t>(max_edits_ + 1);
  Row row(word_.size() + 1, cap);
  row[0] = std::min<uint8_t>(static_cast<uint8_t>(above[0] + 1), cap);
  // Further off the diagonal than the edits allowed nothing is within them.
  const size_t begin = depth + 1 > max_edits_ ? depth + 1 - max_edits_ : 1;
  const size_t end = std::min(word_.size(), depth + 1 + max_edits_);
  for (size_t i = begin; i <= end; ++i) {
    int edits = above[i - 1] + (word_[i - 1] == letter ? 0 : 1);
    edits = std::min({edits, above[i] + 1, row[i - 1] + 1});
    const bool swapped = i > 1 && depth > 0 && word_[i - 2] == letter &&
                         word_[i - 1] == letters_[depth - 1];
    if (swapped) edits = std::min(edits, rows_[depth - 1][i - 2] + 1);
    row[i] = static_cast<uint8_t>(std::min<int>(edits, cap));
  }
  return row;
}

uint8_t FuzzyMatcher::Least(size_t depth) const {
  return *std::min_element(rows_[depth].begin(), rows_[depth].end());
}

absl::optional<int> FuzzyMatcher::Edits(absl::string_view candidate) {
  const std::u32string letters = Letters(candidate);
  const auto common =
      std::mismatch(letters.begin(), letters.end(), letters_.begin(), letters_.end())
          .first;
  size_t depth = static_cast<size_t>(common - letters.begin());
  rows_.resize(depth + 1);
  letters_.resize(depth);
  candidate_ = std::string(candidate);
  // Every row can only grow from the one above it, so that a row all above the limit ends
  // it.
  while (depth < letters.size() && Least(depth) <= max_edits_) {
    Row row = Extend(depth, letters[depth]);
    letters_.push_back(letters[depth++]);
    rows_.push_back(std::move(row));
  }
  if (depth < letters.size() || rows_.back().back() > max_edits_) return absl::nullopt;
  return rows_.back().back();
}

char32_t FuzzyMatcher::NextLetter(size_t depth, char32_t letter) const {
  auto it = std::upper_bound(sorted_.begin(), sorted_.end(), letter);
  while (it != sorted_.end()) {
    const Row row = Extend(depth, *it);
    if (*std::min_element(row.begin(), row.end()) <= max_edits_) return *it;
    it = std::upper_bound(it, sorted_.end(), *it);
  }
  return 0;
}

std::string FuzzyMatcher::NextAfter() const {
  if (Least(letters_.size()) <= max_edits_) return candidate_ + kBelowLetters;
  std::u32string prefix = letters_;
  while (!prefix.empty()) {
    const char32_t letter = prefix.back();
    prefix.pop_back();
    // With an edit to spare any other letter will do; without, only one of the word's.
    if (Least(prefix.size()) < max_edits_) {
      return keys::PrefixEnd(FromLetters(prefix + letter));
    }
    if (const char32_t next = NextLetter(prefix.size(), letter); next != 0) {
      return FromLetters(prefix + next);
    }
  }
  return "";
}

}  // namespace labgraph::search
