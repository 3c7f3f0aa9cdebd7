#ifndef LABGRAPH_TESTS_UNIT_CLIENT_FAKE_CLOCK_H_
#define LABGRAPH_TESTS_UNIT_CLIENT_FAKE_CLOCK_H_

#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "labgraph/retry_policy.h"

namespace labgraph::client {

// Time passes only while someone sleeps, and that takes none. Thread-safe.
class FakeClock final : public Clock {
 public:
  absl::Time Now() override {
    absl::MutexLock lock(&mutex_);
    return now_;
  }
  void Sleep(absl::Duration duration) override {
    absl::MutexLock lock(&mutex_);
    now_ += duration;
    sleeps_.push_back(duration);
  }

  std::vector<absl::Duration> sleeps() {
    absl::MutexLock lock(&mutex_);
    return sleeps_;
  }

 private:
  absl::Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_) = absl::UnixEpoch();
  std::vector<absl::Duration> sleeps_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace labgraph::client

#endif  // LABGRAPH_TESTS_UNIT_CLIENT_FAKE_CLOCK_H_
