#ifndef LABGRAPH_RETRY_POLICY_H_
#define LABGRAPH_RETRY_POLICY_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace labgraph::client {

// How often and how fast a call is repeated. The wait before the n-th repetition is drawn
// evenly between half and the whole of initial_backoff * multiplier^(n-1), at most
// max_backoff, so that callers who failed together do not return together.
struct RetryPolicy {
  // Attempts in all; 1 never repeats.
  int max_attempts = 4;
  absl::Duration initial_backoff = absl::Milliseconds(100);
  absl::Duration max_backoff = absl::Seconds(5);
  double multiplier = 2;
};

// The time of day and waiting for it, so that tests need not wait. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() { return absl::Now(); }
  virtual void Sleep(absl::Duration duration) { absl::SleepFor(duration); }
};

}  // namespace labgraph::client

#endif  // LABGRAPH_RETRY_POLICY_H_
