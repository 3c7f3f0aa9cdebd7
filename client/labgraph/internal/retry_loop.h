#ifndef LABGRAPH_INTERNAL_RETRY_LOOP_H_
#define LABGRAPH_INTERNAL_RETRY_LOOP_H_

#include <memory>

#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "labgraph/retry_policy.h"

namespace labgraph::client::internal {

// What repeating a call can do, and so after which errors it is repeated.
enum class Idempotency {
  // Nothing: after every error that is not the server's own answer.
  kRead,
  // Nothing, as the server recognises the repetition or finds the work done: after
  // UNAVAILABLE.
  kConvergent,
  // Harm: never.
  kOnce,
};

// Decides about the attempts of one call:
//
//   RetryLoop loop(policy, idempotency, timeout, clock);
//   while (true) {
//     status = Attempt(loop.Remaining());
//     if (status.ok() || !loop.WaitToRetry(status)) return status;
//   }
//
// Not thread-safe.
class RetryLoop {
 public:
  RetryLoop(const RetryPolicy& policy, Idempotency idempotency, absl::Duration timeout,
            std::shared_ptr<Clock> clock);

  // What is left of the timeout, for the next attempt.
  absl::Duration Remaining() const;

  // After an attempt that failed with `error`: true, having waited as the policy says,
  // when the call is to be tried again.
  bool WaitToRetry(const absl::Status& error);

 private:
  bool IsRetryable(const absl::Status& error) const;
  absl::Duration NextDelay();

  const RetryPolicy policy_;
  const Idempotency idempotency_;
  const std::shared_ptr<Clock> clock_;
  const absl::Time deadline_;
  int attempts_ = 1;
  absl::Duration backoff_;
  absl::BitGen random_;
};

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_RETRY_LOOP_H_
