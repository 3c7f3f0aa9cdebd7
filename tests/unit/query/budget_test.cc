#include "server/query/budget.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::query {
namespace {

using testing::FailsWith;
using testing::IsOk;

TEST(BudgetTest, AllowsJustAsManyStatementsAsGiven) {
  Budget budget(3, 100, nullptr);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(budget.Visit(1), 1u);
  EXPECT_EQ(budget.cut(), v1::CUT_REASON_UNSPECIFIED);
  EXPECT_EQ(budget.Visit(1), 0u);
  EXPECT_EQ(budget.cut(), v1::CUT_REASON_MAX_VISITED);
  EXPECT_EQ(budget.visited(), 3u);
  EXPECT_TRUE(budget.stopped());
}

TEST(BudgetTest, AllowsJustAsManyHitsAsGiven) {
  Budget budget(100, 2, nullptr);
  EXPECT_TRUE(budget.Hit());
  EXPECT_TRUE(budget.Hit());
  EXPECT_FALSE(budget.stopped());
  EXPECT_FALSE(budget.Hit());
  EXPECT_EQ(budget.cut(), v1::CUT_REASON_MAX_HITS);
  EXPECT_EQ(budget.hits(), 2u);
}

TEST(BudgetTest, MoreHitsThanANumberHoldsAreACut) {
  Budget budget(100, UINT64_MAX, nullptr);
  EXPECT_EQ(budget.HitSome(UINT64_MAX - 1), UINT64_MAX - 1);
  EXPECT_FALSE(budget.stopped());
  Budget full(100, UINT64_MAX, nullptr);
  EXPECT_EQ(full.HitSome(UINT64_MAX), UINT64_MAX);
  EXPECT_EQ(full.cut(), v1::CUT_REASON_MAX_HITS);
}

TEST(BudgetTest, HitsMayBeGivenAfterStatementsRanOut) {
  Budget budget(0, 2, nullptr);
  EXPECT_EQ(budget.Visit(1), 0u);
  EXPECT_TRUE(budget.Hit());
  EXPECT_TRUE(budget.Work(1));
  EXPECT_FALSE(budget.out_of_time());
  EXPECT_EQ(budget.cut(), v1::CUT_REASON_MAX_VISITED);
}

TEST(BudgetTest, PollsAtOnceAndThenEveryKPollUnits) {
  int polls = 0;
  Budget budget(1 << 20, 1, [&] {
    ++polls;
    return Signal::kGoOn;
  });
  EXPECT_EQ(budget.Visit(1), 1u);
  EXPECT_EQ(polls, 1);
  for (uint32_t i = 0; i < Budget::kPollUnits; ++i) EXPECT_EQ(budget.Visit(1), 1u);
  EXPECT_EQ(polls, 2);
  EXPECT_TRUE(budget.Work(10 * Budget::kPollUnits));
  EXPECT_EQ(polls, 3);
}

TEST(BudgetTest, DeadlineIsACutAndStays) {
  Signal signal = Signal::kDeadlineNear;
  Budget budget(100, 100, [&] { return signal; });
  EXPECT_EQ(budget.Visit(1), 0u);
  EXPECT_EQ(budget.cut(), v1::CUT_REASON_DEADLINE);
  EXPECT_TRUE(budget.out_of_time());
  EXPECT_THAT(budget.status(), IsOk());
  signal = Signal::kGoOn;
  EXPECT_FALSE(budget.Work(1));
}

TEST(BudgetTest, CancellationIsAnError) {
  Budget budget(100, 100, [] { return Signal::kCancelled; });
  EXPECT_FALSE(budget.Work(1));
  EXPECT_TRUE(budget.stopped());
  EXPECT_THAT(budget.status(), FailsWith(v1::ERROR_REASON_CANCELLED));
}

TEST(BudgetTest, FirstReasonIsTheOneGiven) {
  bool late = false;
  Budget budget(0, 1, [&] { return late ? Signal::kDeadlineNear : Signal::kGoOn; });
  EXPECT_EQ(budget.Visit(1), 0u);
  late = true;
  EXPECT_FALSE(budget.Work(Budget::kPollUnits));
  EXPECT_EQ(budget.cut(), v1::CUT_REASON_MAX_VISITED);
  EXPECT_TRUE(budget.out_of_time());
}

}  // namespace
}  // namespace labgraph::query
