#include "seed/reader/exact_number.h"

#include <string>

#include "gtest/gtest.h"

namespace labgraph::seed {
namespace {

TEST(IsExactIfWholeTest, TakesWhatADoubleHolds) {
  for (const char* text :
       {"0", "-0", "+7", "007", "999999999999999", "9007199254740992",
        "-9007199254740992", "9007199254740994", "18446744073709551616",
        "10000000000000000000000", "000000000000000000000000000000000012"}) {
    EXPECT_TRUE(IsExactIfWhole(text)) << text;
  }
}

TEST(IsExactIfWholeTest, RefusesWhatWouldBeRounded) {
  for (const char* text :
       {"9007199254740993", "-9007199254740993", "+9007199254740993",
        "0009007199254740993", "18446744073709551615", "100000000000000000000000",
        "123456789012345678901234567890"}) {
    EXPECT_FALSE(IsExactIfWhole(text)) << text;
  }
  EXPECT_FALSE(IsExactIfWhole(std::string(309, '9')));
  EXPECT_FALSE(IsExactIfWhole(std::string(5000, '9')));
}

TEST(IsExactIfWholeTest, SaysNothingOfOtherTexts) {
  for (const char* text : {"", "-", "x", "0.1", "9007199254740993.0", "1e400", "0xFF",
                           "9007199254740993x"}) {
    EXPECT_TRUE(IsExactIfWhole(text)) << text;
  }
}

}  // namespace
}  // namespace labgraph::seed
