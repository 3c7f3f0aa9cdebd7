#include "labgraph/value.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace labgraph::client {
namespace {

TEST(MakeValueTest, MakesNumbersOfWhatNumbersHold) {
  constexpr int64_t kLargest = int64_t{1} << 53;
  EXPECT_EQ(MakeValue(-7).number_value(), -7);
  EXPECT_EQ(MakeValue(0.5).number_value(), 0.5);
  EXPECT_EQ(MakeValue(kLargest).number_value(), 9007199254740992.0);
  EXPECT_EQ(MakeValue(-kLargest).number_value(), -9007199254740992.0);
  EXPECT_EQ(MakeValue(kLargest + 2).number_value(), 9007199254740994.0);
}

TEST(MakeValueTest, DoesNotChangeAWholeNumberThatNoNumberHolds) {
  constexpr int64_t kLargest = int64_t{1} << 53;
  EXPECT_EQ(MakeValue(kLargest + 1).string_value(), "9007199254740993");
  EXPECT_EQ(MakeValue(-kLargest - 1).string_value(), "-9007199254740993");
  EXPECT_EQ(MakeValue(std::numeric_limits<uint64_t>::max()).string_value(),
            "18446744073709551615");
}

TEST(MakeValueTest, TellsTruthFromNumbers) {
  EXPECT_TRUE(MakeValue(true).bool_value());
  EXPECT_EQ(MakeValue(1).kind_case(), google::protobuf::Value::kNumberValue);
}

}  // namespace
}  // namespace labgraph::client
