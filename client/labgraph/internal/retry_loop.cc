#include "labgraph/internal/retry_loop.h"

#include <algorithm>
#include <utility>

#include "labgraph/error.h"

namespace labgraph::client::internal {
namespace {

// A reset connection or a confused proxy. The server itself names a reason for each of
// its errors.
bool IsBreakOfTransport(const absl::Status& error) {
  return (absl::IsInternal(error) || absl::IsUnknown(error)) &&
         DetailsOf(error).reason_name.empty();
}

}  // namespace

RetryLoop::RetryLoop(const RetryPolicy& policy, Idempotency idempotency,
                     absl::Duration timeout, std::shared_ptr<Clock> clock)
    : policy_(policy),
      idempotency_(idempotency),
      clock_(std::move(clock)),
      deadline_(clock_->Now() + timeout),
      backoff_(policy.initial_backoff) {}

absl::Duration RetryLoop::Remaining() const { return deadline_ - clock_->Now(); }

bool RetryLoop::WaitToRetry(const absl::Status& error) {
  if (attempts_ >= policy_.max_attempts || !IsRetryable(error)) return false;
  const absl::Duration delay = NextDelay();
  if (delay >= Remaining()) return false;
  clock_->Sleep(delay);
  ++attempts_;
  return true;
}

bool RetryLoop::IsRetryable(const absl::Status& error) const {
  switch (idempotency_) {
    case Idempotency::kRead:
      return absl::IsUnavailable(error) || IsBreakOfTransport(error);
    case Idempotency::kConvergent:
      return absl::IsUnavailable(error);
    case Idempotency::kOnce:
      return false;
  }
  return false;
}

absl::Duration RetryLoop::NextDelay() {
  const absl::Duration whole = std::min(backoff_, policy_.max_backoff);
  backoff_ = std::min(backoff_ * policy_.multiplier, policy_.max_backoff);
  return whole * absl::Uniform(absl::IntervalClosed, random_, 0.5, 1.0);
}

}  // namespace labgraph::client::internal
