#include "server/search/fold.h"

#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace labgraph::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Golden {
  const char* text;
  const char* folded;
};

class FoldGoldenTest : public ::testing::TestWithParam<Golden> {};

TEST_P(FoldGoldenTest, GivesTheWords) {
  EXPECT_EQ(JoinWords(FoldWords(GetParam().text)), GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(
    Dutch, FoldGoldenTest,
    ::testing::Values(
        Golden{"Heet IJzer", "heet ijzer"}, Golden{"Heet \u0132zer", "heet ijzer"},
        Golden{"heet \u0133zer", "heet ijzer"},
        Golden{"financiële dienstverleners", "financiele dienstverleners"},
        Golden{"financie\u0308le", "financiele"}, Golden{"ID-fraude", "id fraude"},
        Golden{"ID fraude", "id fraude"}, Golden{"NSOC-lab", "nsoc lab"},
        Golden{"(partner)organisaties", "partner organisaties"},
        Golden{"digitale / online handel", "digitale online handel"},
        Golden{"auto's", "autos"}, Golden{"auto’s", "autos"}, Golden{"auto´s", "autos"},
        Golden{"auto`s", "autos"}, Golden{"’s-Hertogenbosch", "s hertogenbosch"},
        Golden{"„Geen ID”", "geen id"}, Golden{"één", "een"}));

INSTANTIATE_TEST_SUITE_P(
    LatinLetters, FoldGoldenTest,
    ::testing::Values(Golden{"Straße", "strasse"}, Golden{"STRASSE", "strasse"},
                      Golden{"GROẞ", "gross"}, Golden{"Müller", "muller"},
                      Golden{"Søren Ærø", "soren aero"}, Golden{"Đorđe", "dorde"},
                      Golden{"Łódź", "lodz"}, Golden{"œuvre", "oeuvre"},
                      Golden{"Þórður", "thordur"}, Golden{"İstanbul", "istanbul"},
                      Golden{"Diyarbakır", "diyarbakir"}, Golden{"Ħal Far", "hal far"},
                      Golden{"\uFB01nancial o\uFB03ce", "financial office"},
                      Golden{"ſtart", "start"}, Golden{"Việt Nam", "viet nam"}));

INSTANTIATE_TEST_SUITE_P(
    OtherScripts, FoldGoldenTest,
    ::testing::Values(Golden{"ΟΔΥΣΣΕΥΣ", "οδυσσευσ"}, Golden{"Οδυσσεύς", "οδυσσευσ"},
                      Golden{"Москва", "москва"}, Golden{"Йод", "иод"},
                      Golden{"ＮＳＯＣ　１２", "nsoc 12"}, Golden{"x²", "x2"},
                      Golden{"東京", "東京"}, Golden{"हिंदी", "हिंदी"}));

INSTANTIATE_TEST_SUITE_P(
    Separators, FoldGoldenTest,
    ::testing::Values(Golden{"a\tb\nc  d\u00A0e", "a b c d e"},
                      Golden{"cash_cows.2021", "cash cows 2021"}, Golden{"R&D", "r d"},
                      Golden{"C++", "c"}, Golden{"soft\u00ADhyphen", "softhyphen"},
                      Golden{"zero\u200Bwidth\u200Djoin", "zerowidthjoin"},
                      Golden{"1\uFE0F\u20E3", "1"}, Golden{"\U0001F512 lock", "lock"},
                      Golden{"", ""}, Golden{" - / ! ", ""}, Golden{"'", ""}));

TEST(FoldTest, TakesBytesThatAreNotUtf8AsSeparators) {
  EXPECT_THAT(FoldWords("a\xFFz\xC3"), ElementsAre("a", "z"));
  EXPECT_THAT(FoldWords("\xED\xA0\x80"), IsEmpty());
  EXPECT_THAT(FoldWords(std::string("a\0b", 3)), ElementsAre("a", "b"));
}

TEST(FoldTest, CutsLongWordsBetweenCharacters) {
  const std::string ascii(kFoldedWordBytes, 'a');
  EXPECT_THAT(FoldWords(ascii), ElementsAre(ascii));
  EXPECT_THAT(FoldWords(ascii + "a"), ElementsAre(ascii));
  const std::string greek = std::string(kFoldedWordBytes - 1, 'a') + "δ";
  EXPECT_THAT(FoldWords(greek), ElementsAre(std::string(kFoldedWordBytes - 1, 'a')));
}

TEST(FoldTest, CutsTextsOfVeryManyWords) {
  std::string text;
  for (size_t i = 0; i < kFoldedWords; ++i) text += "w ";
  EXPECT_EQ(FoldWords(text).size(), kFoldedWords);
  EXPECT_EQ(FoldWords(text + "w").size(), kFoldedWords);
}

TEST(FoldTest, EveryCharacterFoldsToSomethingThatStays) {
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    const std::vector<std::string> once = FoldWords(FromLetters({c}));
    ASSERT_EQ(FoldWords(JoinWords(once)), once)
        << "U+" << std::hex << static_cast<uint32_t>(c);
  }
}

// Characters that meet and change each other: marks, cases, ligatures, separators.
char32_t RandomCharacter(std::mt19937* random) {
  static constexpr char32_t kStarts[] = {
      0x20,   0x41,   0xC0,   0x250,  0x300,  0x370,  0x590,  0x900,   0x1100, 0x1E00,
      0x1F00, 0x2000, 0x2150, 0x3040, 0xFB00, 0xFE00, 0xFF00, 0x1D400, 0x1F1E6};
  const char32_t start = kStarts[(*random)() % std::size(kStarts)];
  return start + (*random)() % 128;
}

TEST(FoldTest, FoldingAgainChangesNothing) {
  constexpr uint32_t kSeed = 20210704;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 20000; ++round) {
    std::u32string letters;
    for (size_t i = random() % 12; i > 0; --i) letters += RandomCharacter(&random);
    const std::string text = FromLetters(letters);
    const std::vector<std::string> once = FoldWords(text);
    ASSERT_EQ(FoldWords(JoinWords(once)), once) << text << " seed " << kSeed;
  }
}

TEST(FoldTest, BearsAnyBytes) {
  constexpr uint32_t kSeed = 7;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 20000; ++round) {
    std::string bytes;
    for (size_t i = random() % 40; i > 0; --i) bytes += static_cast<char>(random());
    for (const std::string& word : FoldWords(bytes)) {
      ASSERT_FALSE(word.empty());
      ASSERT_GE(word, "0");
      ASSERT_EQ(word.find('\0'), std::string::npos);
    }
  }
}

TEST(LettersTest, CountsCodePoints) {
  EXPECT_EQ(Letters("aδ東\U0001F512"), U"aδ東\U0001F512");
  EXPECT_EQ(FromLetters(U"aδ東\U0001F512"), "aδ東\U0001F512");
  EXPECT_EQ(Letters("a\xFF").size(), 2u);
}

}  // namespace
}  // namespace labgraph::search
