#ifndef LABGRAPH_SERVER_BASE_CLOCK_H_
#define LABGRAPH_SERVER_BASE_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace labgraph {

// Source of the time of day, injected so that tests decide what time it is.
// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The system's clock.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace labgraph

#endif  // LABGRAPH_SERVER_BASE_CLOCK_H_
