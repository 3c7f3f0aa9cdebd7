#include "client/cli/output/display_width.h"

#include "gtest/gtest.h"

namespace labgraph::cli {
namespace {

struct WidthCase {
  const char* text;
  size_t width;
};

TEST(DisplayWidthTest, CountsColumnsOfATerminal) {
  const WidthCase cases[] = {
      {"", 0},
      {"Exit", 4},
      {"financi\xC3\xABle", 10},        // precomposed
      {"financie\xCC\x88le", 10},       // e and a combining diaeresis
      {"\xE6\x97\xA5\xE6\x9C\xAC", 4},  // two wide characters
      {"\xF0\x9F\x98\x80", 2},          // emoji
      {"a\xE2\x80\x8B"
       "b",
       2},                  // zero width space
      {"\xFF\xFE", 2},      // no UTF-8
      {"\xC3", 1},          // cut in the middle
      {"\xE2\x86\x92", 1},  // an arrow
  };
  for (const WidthCase& test : cases) {
    EXPECT_EQ(DisplayWidth(test.text), test.width) << test.text;
  }
}

TEST(IsUtf8Test, TakesWhatIsWellFormed) {
  for (const char* text : {"", "Exit", "financi\xC3\xABle", "\xF0\x9F\x98\x80",
                           "\xEF\xBF\xBD", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
  // Alone, cut off, too long, a surrogate, beyond the last character.
  for (const char* text : {"\xFF\xFE", "a\xC3", "\xC0\x80", "\xE0\x80\x80",
                           "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    EXPECT_FALSE(IsUtf8(text)) << text;
  }
}

TEST(CutToWidthTest, KeepsWhatFits) {
  EXPECT_EQ(CutToWidth("Caterpillar", 11), "Caterpillar");
  EXPECT_EQ(CutToWidth("Caterpillar", 5), "Cate\xE2\x80\xA6");
  EXPECT_EQ(CutToWidth("Caterpillar", 1), "\xE2\x80\xA6");
  EXPECT_EQ(CutToWidth("Caterpillar", 0), "");
}

TEST(CutToWidthTest, DoesNotSplitACharacter) {
  // A wide character does not fit in the one column left before the ellipsis.
  EXPECT_EQ(CutToWidth("\xE6\x97\xA5\xE6\x9C\xAC", 3), "\xE6\x97\xA5\xE2\x80\xA6");
  EXPECT_EQ(CutToWidth("\xE6\x97\xA5\xE6\x9C\xAC", 2), "\xE2\x80\xA6");
  // A combining mark stays with its letter.
  EXPECT_EQ(CutToWidth("e\xCC\x88xyz", 2), "e\xCC\x88\xE2\x80\xA6");
}

TEST(PrintableTest, KeepsTextAndTakesControlAway) {
  EXPECT_EQ(Printable("financi\xC3\xABle"), "financi\xC3\xABle");
  EXPECT_EQ(Printable("two\nlines\tand"), "two lines and");
  EXPECT_EQ(Printable("\x1b[31mred"), "\xEF\xBF\xBD[31mred");
  EXPECT_EQ(Printable("\xC2\x9B"
                      "31m"),
            "\xEF\xBF\xBD"
            "31m");  // C1 control
  EXPECT_EQ(Printable("a\xFF"), "a\xEF\xBF\xBD");
}

}  // namespace
}  // namespace labgraph::cli
