#include "seed/reader/utf8.h"

#include "gtest/gtest.h"

namespace labgraph::seed {
namespace {

TEST(ValidUtf8PrefixTest, TakesCharactersOfEveryLength) {
  for (absl::string_view text :
       {"", "abc", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
    EXPECT_EQ(ValidUtf8Prefix(text), text.size()) << text;
  }
}

TEST(ValidUtf8PrefixTest, StopsAtWhatIsMalformed) {
  EXPECT_EQ(ValidUtf8Prefix("ab\xFFz"), 2u);
  EXPECT_EQ(ValidUtf8Prefix("ab\xC3"), 2u) << "cut off";
  EXPECT_EQ(ValidUtf8Prefix("\xC3x"), 0u) << "no continuation";
  EXPECT_EQ(ValidUtf8Prefix("\x80"), 0u) << "continuation alone";
  EXPECT_EQ(ValidUtf8Prefix("\xC0\x80"), 0u) << "longer than needed";
  EXPECT_EQ(ValidUtf8Prefix("\xE0\x80\x80"), 0u) << "longer than needed";
  EXPECT_EQ(ValidUtf8Prefix("\xED\xA0\x80"), 0u) << "surrogate";
  EXPECT_EQ(ValidUtf8Prefix("\xF4\x90\x80\x80"), 0u) << "above U+10FFFF";
  EXPECT_EQ(ValidUtf8Prefix("\xF8\x88\x80\x80\x80"), 0u) << "five bytes";
}

}  // namespace
}  // namespace labgraph::seed
