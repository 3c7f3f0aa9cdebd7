#include "seed/reader/plain_scalar.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace labgraph::seed {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(ParseBooleanTest, TakesTheWordsOfTheCoreSchemaOnly) {
  for (const char* text : {"true", "True", "TRUE"}) {
    EXPECT_THAT(ParseBoolean(text), Optional(true)) << text;
  }
  for (const char* text : {"false", "False", "FALSE"}) {
    EXPECT_THAT(ParseBoolean(text), Optional(false)) << text;
  }
  for (const char* text : {"yes", "no", "on", "y", "1", "tRUE", ""}) {
    EXPECT_EQ(ParseBoolean(text), absl::nullopt) << text;
  }
}

TEST(ParseWholeNumberTest, TakesDecimalOctalAndHexadecimal) {
  struct Case {
    const char* text;
    bool negative;
    uint64_t magnitude;
  };
  for (const Case& c :
       {Case{"0", false, 0}, Case{"12", false, 12}, Case{"+12", false, 12},
        Case{"-12", true, 12}, Case{"0x1F", false, 31}, Case{"0o17", false, 15},
        Case{"007", false, 7},
        Case{"18446744073709551615", false, std::numeric_limits<uint64_t>::max()}}) {
    absl::optional<WholeNumber> number = ParseWholeNumber(c.text);
    ASSERT_TRUE(number.has_value()) << c.text;
    EXPECT_EQ(number->negative, c.negative) << c.text;
    EXPECT_EQ(number->magnitude, c.magnitude) << c.text;
  }
}

TEST(ParseWholeNumberTest, RefusesWhatIsNoneOrTooLarge) {
  for (const char* text : {"", "-", "+", "0x", "1.0", "1_000", "12a", "--1", "+-1",
                           "2021-07", "18446744073709551616"}) {
    EXPECT_EQ(ParseWholeNumber(text), absl::nullopt) << text;
  }
}

TEST(ParseNumberTest, TakesTheFormsOfTheCoreSchema) {
  EXPECT_THAT(ParseNumber("1.5"), Optional(1.5));
  EXPECT_THAT(ParseNumber("-1.5"), Optional(-1.5));
  EXPECT_THAT(ParseNumber(".5"), Optional(0.5));
  EXPECT_THAT(ParseNumber("2."), Optional(2.0));
  EXPECT_THAT(ParseNumber("2e7"), Optional(2e7));
  EXPECT_THAT(ParseNumber("+2.5E-3"), Optional(2.5e-3));
  EXPECT_THAT(ParseNumber("-3"), Optional(-3.0));
  EXPECT_THAT(ParseNumber("-.inf"), Optional(-std::numeric_limits<double>::infinity()));
  EXPECT_THAT(ParseNumber("+.INF"), Optional(std::numeric_limits<double>::infinity()));
  EXPECT_TRUE(std::isnan(ParseNumber(".nan").value_or(0)));
}

TEST(ParseNumberTest, RefusesWhatOnlyLooksLikeOne) {
  for (const char* text : {"", ".", "-", "e5", "1e", "1e+", "1.2.3", "inf", "nan",
                           "Infinity", "0x1.8p1", "1,5", "2021-07", "1 "}) {
    EXPECT_THAT(ParseNumber(text), Eq(absl::nullopt)) << text;
  }
}

}  // namespace
}  // namespace labgraph::seed
