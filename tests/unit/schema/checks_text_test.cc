#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/schema/checks.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::schema {
namespace {

using ::labgraph::testing::FailsAt;
using ::testing::HasSubstr;

constexpr limits::Limit kTen{"ten", 10, "bytes in a test"};

TEST(CheckTextTest, AcceptsUtf8OfEveryLength) {
  for (const char* text : {"", "plain", "tab\tand\nline", "financi\xC3\xABle",
                           "\xE2\x82\xAC", "\xF0\x9F\x9A\xA2", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xF4\x8F\xBF\xBF", "\xC2\xA0"}) {
    EXPECT_OK(CheckText(text, limits::kTextBytes, "text")) << text;
  }
}

TEST(CheckTextTest, RefusesWhatIsNotUtf8) {
  const struct {
    const char* text;
    const char* why;
  } cases[] = {
      {"ab\x80", "a continuation without a start"},
      {"ab\xC3", "a start without its continuation"},
      {"ab\xE2\x82", "a character cut off"},
      {"ab\xC3(", "a start followed by another"},
      {"ab\xC0\xAF", "overlong, two bytes"},
      {"ab\xC1\xBF", "overlong, two bytes"},
      {"ab\xE0\x9F\xBF", "overlong, three bytes"},
      {"ab\xF0\x8F\xBF\xBF", "overlong, four bytes"},
      {"ab\xED\xA0\x80", "a surrogate"},
      {"ab\xED\xBF\xBF", "a surrogate"},
      {"ab\xF4\x90\x80\x80", "beyond the last character"},
      {"ab\xF5\x80\x80\x80", "beyond the last character"},
      {"ab\xFF", "a byte that UTF-8 never has"},
  };
  for (const auto& c : cases) {
    const absl::Status status = CheckText(c.text, limits::kTextBytes, "text");
    EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_TEXT_MALFORMED, "text")) << c.why;
    EXPECT_THAT(std::string(status.message()), HasSubstr("UTF-8 at byte 2")) << c.why;
  }
}

TEST(CheckTextTest, RefusesControlCharacters) {
  const absl::string_view cases[] = {absl::string_view("ab\0", 3),
                                     "ab\x01",
                                     "ab\r\n",
                                     "ab\x1B[0m",
                                     "ab\x7F",
                                     "ab\xC2\x80",
                                     "ab\xC2\x9F"};
  for (const absl::string_view text : cases) {
    const absl::Status status = CheckText(text, limits::kTextBytes, "text");
    EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_TEXT_MALFORMED, "text"));
    EXPECT_THAT(std::string(status.message()), HasSubstr("at byte 2"));
  }
}

TEST(CheckTextTest, LimitsBytesNotCharacters) {
  EXPECT_OK(CheckText("0123456789", kTen, "text"));
  EXPECT_THAT(CheckText("0123456789a", kTen, "text"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "text"));
  EXPECT_OK(CheckText("01234567\xC3\xAB", kTen, "text"));
  EXPECT_THAT(CheckText("012345678\xC3\xAB", kTen, "text"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "text"));
}

TEST(CheckLanguageTest, AcceptsTags) {
  for (const char* lang : {"nl", "en", "fry", "pt-br", "zh-hant-tw", "sr-latn", "de-1996",
                           "en-us", "sl-rozaj-1994"}) {
    EXPECT_OK(CheckLanguage(lang, "lang"));
  }
}

TEST(CheckLanguageTest, RefusesOthers) {
  for (const char* lang : {"", "n", "NL", "Nl", "dutch", "nl-", "-nl", "nl--be", "nl_be",
                           "nl-b", "nl-BE", "nl be", "n1", "nl-abcdefghi", "\xC3\xABn"}) {
    EXPECT_THAT(CheckLanguage(lang, "lang"),
                FailsAt(v1::ERROR_REASON_LANGUAGE_MALFORMED, "lang"))
        << lang;
  }
}

TEST(CheckLanguageTest, LimitsTheLength) {
  std::string lang = "nld";
  for (int i = 0; i < 41; ++i) absl::StrAppend(&lang, "-12345");
  absl::StrAppend(&lang, "-123456");
  ASSERT_EQ(lang.size(), limits::kNameBytes.value);
  EXPECT_OK(CheckLanguage(lang, "lang"));
  EXPECT_THAT(CheckLanguage(lang + "x", "lang"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "lang"));
}

}  // namespace
}  // namespace labgraph::schema
