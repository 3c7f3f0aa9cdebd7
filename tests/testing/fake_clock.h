#ifndef LABGRAPH_TESTS_TESTING_FAKE_CLOCK_H_
#define LABGRAPH_TESTS_TESTING_FAKE_CLOCK_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "server/base/clock.h"

namespace labgraph::testing {

// A clock that stands still until it is moved. Thread-safe.
class FakeClock final : public Clock {
 public:
  absl::Time Now() const override {
    absl::MutexLock lock(&mu_);
    return now_;
  }
  // Backward where `duration` is negative.
  void Advance(absl::Duration duration) {
    absl::MutexLock lock(&mu_);
    now_ += duration;
  }

 private:
  mutable absl::Mutex mu_;
  absl::Time now_ ABSL_GUARDED_BY(mu_) = absl::FromUnixSeconds(1700000000);
};

}  // namespace labgraph::testing

#endif  // LABGRAPH_TESTS_TESTING_FAKE_CLOCK_H_
