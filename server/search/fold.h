#ifndef LABGRAPH_SERVER_SEARCH_FOLD_H_
#define LABGRAPH_SERVER_SEARCH_FOLD_H_

// What makes two spellings the same to search: case, diacritics, ligatures, width and
// punctuation do not count. "Financiële dienst", "FINANCIELE DIENST" and
// "financiele-dienst" have the same words.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace labgraph::search {

// What a text is cut to. A name or query within the limits of the API passes them only
// where a character stands for many, as some ligatures do.
inline constexpr size_t kFoldedWords = 64;
inline constexpr size_t kFoldedWordBytes = 256;

// The words of a text in their folded form, in order: letters and digits of any script
// in lower case without diacritics. Everything else separates words, but apostrophes and
// invisible characters vanish. Bytes that are not UTF-8 separate words. Folding
// the words again gives the same words.
std::vector<std::string> FoldWords(absl::string_view text);

// The words with one space between them: equal for names that are the same.
std::string JoinWords(const std::vector<std::string>& words);

// The words without spaces, so that "Cash Cows" and "cashcows" meet.
std::string ConcatWords(const std::vector<std::string>& words);

// The code points of UTF-8, which is what typing errors are counted in.
std::u32string Letters(absl::string_view utf8);
std::string FromLetters(const std::u32string& letters);

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_FOLD_H_
