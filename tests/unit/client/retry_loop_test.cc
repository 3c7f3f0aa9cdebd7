#include "labgraph/internal/retry_loop.h"

#include <memory>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/client/fake_clock.h"

namespace labgraph::client::internal {
namespace {

const absl::Status kLost = absl::UnavailableError("connection refused");

TEST(RetryLoopTest, IdempotencyDecidesWhatIsRepeated) {
  const absl::Status reset = absl::InternalError("Received RST_STREAM with error code 2");
  const absl::Status proxy = absl::UnknownError("Stream removed");
  const absl::Status busy =
      MakeError(v1::ERROR_REASON_BUSY, "", "The server is stopping.");
  const absl::Status bug = MakeError(v1::ERROR_REASON_INTERNAL, "", "A bug.");
  const absl::Status refused = MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id", "No.");
  const absl::Status late = absl::DeadlineExceededError("Deadline Exceeded");
  struct Case {
    Idempotency idempotency;
    const absl::Status& error;
    bool repeated;
  } const cases[] = {
      {Idempotency::kRead, kLost, true},
      {Idempotency::kRead, busy, true},
      {Idempotency::kRead, reset, true},
      {Idempotency::kRead, proxy, true},
      {Idempotency::kRead, bug, false},
      {Idempotency::kRead, refused, false},
      {Idempotency::kRead, late, false},
      {Idempotency::kConvergent, kLost, true},
      {Idempotency::kConvergent, busy, true},
      {Idempotency::kConvergent, reset, false},
      {Idempotency::kConvergent, refused, false},
      {Idempotency::kOnce, kLost, false},
      {Idempotency::kOnce, busy, false},
      {Idempotency::kOnce, reset, false},
  };
  for (const Case& c : cases) {
    RetryLoop loop(RetryPolicy{}, c.idempotency, absl::Minutes(1),
                   std::make_shared<FakeClock>());
    EXPECT_EQ(loop.WaitToRetry(c.error), c.repeated)
        << static_cast<int>(c.idempotency) << " " << Describe(c.error);
  }
}

TEST(RetryLoopTest, StopsAfterMaxAttempts) {
  auto clock = std::make_shared<FakeClock>();
  RetryLoop loop({.max_attempts = 3}, Idempotency::kRead, absl::Minutes(1), clock);
  EXPECT_TRUE(loop.WaitToRetry(kLost));
  EXPECT_TRUE(loop.WaitToRetry(kLost));
  EXPECT_FALSE(loop.WaitToRetry(kLost));
  EXPECT_EQ(clock->sleeps().size(), 2u);
}

TEST(RetryLoopTest, OneAttemptNeverRepeats) {
  auto clock = std::make_shared<FakeClock>();
  RetryLoop loop({.max_attempts = 1}, Idempotency::kRead, absl::Minutes(1), clock);
  EXPECT_FALSE(loop.WaitToRetry(kLost));
  EXPECT_THAT(clock->sleeps(), ::testing::IsEmpty());
}

TEST(RetryLoopTest, WaitsGrowUpToTheLargestAndAreSpread) {
  const RetryPolicy policy{.max_attempts = 6,
                           .initial_backoff = absl::Milliseconds(100),
                           .max_backoff = absl::Milliseconds(500),
                           .multiplier = 2};
  const int whole_ms[] = {100, 200, 400, 500, 500};
  bool spread = false;
  for (int round = 0; round < 20; ++round) {
    auto clock = std::make_shared<FakeClock>();
    RetryLoop loop(policy, Idempotency::kRead, absl::Minutes(1), clock);
    while (loop.WaitToRetry(kLost)) {
    }
    const auto sleeps = clock->sleeps();
    ASSERT_EQ(sleeps.size(), 5u);
    for (size_t i = 0; i < sleeps.size(); ++i) {
      EXPECT_GE(sleeps[i], absl::Milliseconds(whole_ms[i]) / 2) << i;
      EXPECT_LE(sleeps[i], absl::Milliseconds(whole_ms[i])) << i;
    }
    spread = spread || sleeps[3] != sleeps[4];
  }
  EXPECT_TRUE(spread);
}

TEST(RetryLoopTest, NeverWaitsBeyondTheTimeout) {
  auto clock = std::make_shared<FakeClock>();
  RetryLoop loop({.max_attempts = 100, .initial_backoff = absl::Milliseconds(300)},
                 Idempotency::kRead, absl::Seconds(1), clock);
  EXPECT_EQ(loop.Remaining(), absl::Seconds(1));
  while (loop.WaitToRetry(kLost)) {
    EXPECT_GT(loop.Remaining(), absl::ZeroDuration());
  }
  // 300 ms and 600 ms at most fit; the third wait, of 600 ms at least, does not.
  EXPECT_GE(clock->sleeps().size(), 1u);
  EXPECT_LE(clock->sleeps().size(), 2u);
}

TEST(RetryLoopTest, WithoutTimeoutMuchRemains) {
  RetryLoop loop(RetryPolicy{}, Idempotency::kOnce, absl::InfiniteDuration(),
                 std::make_shared<FakeClock>());
  EXPECT_EQ(loop.Remaining(), absl::InfiniteDuration());
}

}  // namespace
}  // namespace labgraph::client::internal
