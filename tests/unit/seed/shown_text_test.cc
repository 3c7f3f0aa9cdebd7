#include "seed/reader/shown_text.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "seed/reader/utf8.h"

namespace labgraph::seed {
namespace {

TEST(ShownTextTest, IsWholeUpToItsLimit) {
  EXPECT_EQ(ShownText(""), "");
  EXPECT_EQ(ShownText(std::string(60, 'x')), std::string(60, 'x'));
  EXPECT_EQ(ShownText(std::string(61, 'x')), absl::StrCat(std::string(60, 'x'), "..."));
}

TEST(ShownTextTest, IsNotCutWithinACharacter) {
  for (size_t before = 50; before <= 60; ++before) {
    std::string text(before, 'x');
    for (int i = 0; i < 10; ++i) text += "\xF0\x9F\x98\x80";
    const std::string shown = ShownText(text);
    EXPECT_EQ(ValidUtf8Prefix(shown), shown.size()) << before;
    EXPECT_GT(shown.size(), 59u) << before;
  }
}

}  // namespace
}  // namespace labgraph::seed
