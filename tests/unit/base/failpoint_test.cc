// What can be set for a failpoint, and what reaching it then does.

#include "server/base/failpoint.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::failpoint {
namespace {

using testing::FailsAt;
using testing::FailsWith;
using ::testing::HasSubstr;

constexpr Failpoint kPoint = Failpoint::kWriteBegin;
constexpr Failpoint kOther = Failpoint::kWriteEnd;

TEST(FailpointTest, NothingHappensWhereNoneIsSet) {
  EXPECT_OK(Reach(kPoint));
  EXPECT_OK(Configure(""));
  EXPECT_OK(Reach(kPoint));
}

TEST(FailpointTest, EachHasANameOfItsOwn) {
  const std::set<absl::string_view> names(Names().begin(), Names().end());
  EXPECT_EQ(names.size(), Names().size());
  for (const absl::string_view name : Names()) {
    EXPECT_OK(Configure(absl::StrCat(name, "=error"))) << name;
  }
  EXPECT_OK(Configure(""));
}

TEST(FailpointTest, AnErrorNamesThePoint) {
  const Scope scope("kv.write.begin=error");
  const absl::Status status = Reach(kPoint);
  EXPECT_THAT(status, FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_THAT(std::string(status.message()), HasSubstr("kv.write.begin"));
  EXPECT_OK(Reach(kOther));
}

TEST(FailpointTest, OnlyTheNthTimeCounts) {
  const Scope scope("kv.write.begin=error@2, kv.write.end=error@1");
  EXPECT_OK(Reach(kPoint));
  EXPECT_THAT(Reach(kPoint), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_OK(Reach(kPoint));
  EXPECT_THAT(Reach(kOther), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  EXPECT_EQ(Reached(kPoint), 3u);
  EXPECT_EQ(Reached(kOther), 1u);
}

TEST(FailpointTest, AScopeEndsWhatItSet) {
  {
    const Scope scope("kv.write.begin=error");
    EXPECT_FALSE(Reach(kPoint).ok());
  }
  EXPECT_OK(Reach(kPoint));
}

TEST(FailpointTest, ADelayTakesItsTime) {
  const Scope scope("kv.write.begin=delay(20)");
  const absl::Time before = absl::Now();
  EXPECT_OK(Reach(kPoint));
  EXPECT_GE(absl::Now() - before, absl::Milliseconds(20));
}

TEST(FailpointDeathTest, ACrashEndsTheProcessAtOnce) {
  EXPECT_EXIT(
      {
        const Scope scope("kv.write.begin=crash@2");
        if (Reach(kPoint).ok()) Reach(kPoint).IgnoreError();
      },
      ::testing::ExitedWithCode(137), "");
}

TEST(FailpointTest, MalformedTextIsRefusedAndSetsNone) {
  for (const char* text :
       {"kv.write.begin", "kv.write.begin=", "kv.write.begin=explode",
        "kv.write.begin=delay", "kv.write.begin=delay(x)", "kv.write.begin=delay(-1)",
        "kv.write.begin=error@", "kv.write.begin=error@0", "kv.write.begin=error@1@2",
        "no.such.point=error", "=error", "kv.write.begin=error,kv.write.end=explode"}) {
    EXPECT_THAT(Configure(text), FailsAt(v1::ERROR_REASON_FIELD_INVALID, "failpoints"))
        << text;
    EXPECT_OK(Reach(kPoint)) << text;
  }
  EXPECT_THAT(std::string(Configure("no.such.point=error").message()),
              HasSubstr("kv.write.begin"));
  EXPECT_THAT(std::string(Configure("kv.write.begin=explode").message()),
              HasSubstr("delay(50)"));
}

}  // namespace
}  // namespace labgraph::failpoint
