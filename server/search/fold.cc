#include "server/search/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>

#include "absl/strings/str_join.h"

namespace labgraph::search {
namespace {

enum class Role { kLetter, kNothing, kSeparator };

// Letters that Unicode does not decompose but that people type, or other sources spell,
// in ASCII. Lower case only, ordered by code point.
struct Plain {
  UChar32 letter;
  const char* ascii;
};
constexpr Plain kPlain[] = {
    {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"}, {0x00FE, "th"}, {0x0111, "d"},
    {0x0127, "h"},  {0x0131, "i"}, {0x0138, "k"}, {0x0142, "l"},  {0x014B, "n"},
    {0x0153, "oe"}, {0x0167, "t"}, {0x0180, "b"}, {0x0192, "f"},  {0x01B6, "z"},
    {0x01E5, "g"},  {0x0259, "e"}, {0x026B, "l"}, {0x0289, "u"},
};

const char* FindPlain(UChar32 c) {
  const auto* it = std::lower_bound(
      std::begin(kPlain), std::end(kPlain), c,
      [](const Plain& plain, UChar32 letter) { return plain.letter < letter; });
  return it != std::end(kPlain) && it->letter == c ? it->ascii : nullptr;
}

bool IsApostrophe(UChar32 c) {
  switch (c) {
    case 0x0027:  // apostrophe
    case 0x0060:  // grave accent
    case 0x02B9:  // modifier primes, as transliterations write soft signs
    case 0x02BB:  // okina and its like
    case 0x02BC:
    case 0x02BD:
    case 0x05F3:  // geresh
    case 0x2018:  // curly quotes
    case 0x2019:
    case 0x201B:
    case 0x2032:  // prime
      return true;
    default:
      return false;
  }
}

// Marks with a combining class are diacritics. Those without are vowels of Indic and
// other scripts, or symbols drawn around a letter.
Role RoleOfMark(UChar32 c) {
  if (u_charType(c) == U_ENCLOSING_MARK) return Role::kNothing;
  return u_getCombiningClass(c) != 0 ? Role::kNothing : Role::kLetter;
}

Role RoleOf(UChar32 c) {
  constexpr uint32_t kMarks = U_GC_M_MASK;
  constexpr uint32_t kWord = U_GC_L_MASK | U_GC_N_MASK;
  if (IsApostrophe(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
    return Role::kNothing;
  }
  const uint32_t category = U_MASK(u_charType(c));
  if ((category & kMarks) != 0) return RoleOfMark(c);
  return (category & kWord) != 0 ? Role::kLetter : Role::kSeparator;
}

// ICU fails to normalize only for want of memory; then the text stays as it is.
icu::UnicodeString Normalize(const icu::Normalizer2* normalizer,
                             const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString normalized = normalizer->normalize(text, status);
  return U_SUCCESS(status) ? normalized : text;
}

// Case folded and decomposed by compatibility: "Ĳ" is "ij", "é" is "e" and a mark.
icu::UnicodeString Decompose(absl::string_view text) {
  static const icu::Normalizer2* const case_fold = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(status);
  }();
  static const icu::Normalizer2* const decompose = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKDInstance(status);
  }();
  icu::UnicodeString decoded =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  // The acute accent alone would decompose to a space; who types it means an apostrophe.
  decoded.findAndReplace(icu::UnicodeString(UChar32{0x00B4}), icu::UnicodeString(u'\''));
  return Normalize(decompose, Normalize(case_fold, decoded));
}

void AppendLetter(UChar32 c, std::string* word) {
  if (const char* plain = FindPlain(c)) {
    word->append(plain);
  } else {
    icu::UnicodeString(c).toUTF8String(*word);
  }
}

// At most kFoldedWordBytes of `word`, in whole characters.
std::string Cut(std::string word) {
  if (word.size() <= kFoldedWordBytes) return word;
  size_t end = kFoldedWordBytes;
  while (end > 0 && U8_IS_TRAIL(static_cast<uint8_t>(word[end]))) --end;
  word.resize(end);
  return word;
}

}  // namespace

std::vector<std::string> FoldWords(absl::string_view text) {
  const icu::UnicodeString folded = Decompose(text);
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(Cut(std::move(word)));
    word.clear();
  };
  for (int32_t i = 0; i < folded.length() && words.size() < kFoldedWords;
       i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    const Role role = RoleOf(c);
    if (role == Role::kLetter) AppendLetter(c, &word);
    if (role == Role::kSeparator) finish();
  }
  if (words.size() < kFoldedWords) finish();
  return words;
}

std::string JoinWords(const std::vector<std::string>& words) {
  return absl::StrJoin(words, " ");
}

std::string ConcatWords(const std::vector<std::string>& words) {
  return absl::StrJoin(words, "");
}

std::u32string Letters(absl::string_view utf8) {
  std::u32string letters;
  const int32_t size = static_cast<int32_t>(utf8.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(utf8.data(), i, size, c);
    letters.push_back(static_cast<char32_t>(c));
  }
  return letters;
}

std::string FromLetters(const std::u32string& letters) {
  std::string utf8;
  for (const char32_t letter : letters) {
    icu::UnicodeString(static_cast<UChar32>(letter)).toUTF8String(utf8);
  }
  return utf8;
}

}  // namespace labgraph::search
