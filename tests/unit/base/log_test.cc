#include "server/base/log.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace labgraph {
namespace {

TEST(LogTest, WritesTimeLevelAndTextOnOneLine) {
  ::testing::internal::CaptureStderr();
  Log(LogLevel::kWarning, "first\nsecond\rthird");
  EXPECT_THAT(
      ::testing::internal::GetCapturedStderr(),
      ::testing::MatchesRegex("[0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+[.][0-9]+Z "
                              "warning first\\\\nsecond\\\\rthird\n"));
}

}  // namespace
}  // namespace labgraph
