#ifndef LABGRAPH_TESTS_UNIT_CLIENT_CONNECTION_FIXTURE_H_
#define LABGRAPH_TESTS_UNIT_CLIENT_CONNECTION_FIXTURE_H_

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gtest/gtest.h"
#include "labgraph/connect.h"
#include "labgraph/connection.h"
#include "tests/unit/client/fake_clock.h"
#include "tests/unit/client/fake_server.h"

namespace labgraph::client {

// What the server's threads saw, for the test to look at. Thread-safe.
template <typename T>
class Log {
 public:
  // Gives the number of entries, this one included.
  size_t Add(T entry) {
    absl::MutexLock lock(&mutex_);
    entries_.push_back(std::move(entry));
    return entries_.size();
  }
  std::vector<T> entries() {
    absl::MutexLock lock(&mutex_);
    return entries_;
  }

 private:
  absl::Mutex mutex_;
  std::vector<T> entries_ ABSL_GUARDED_BY(mutex_);
};

// A real gRPC server in this process, and how to connect with it.
class ConnectionTest : public ::testing::Test {
 protected:
  ConnectionTest() { options_.clock = clock_; }

  std::shared_ptr<Connection> Connected() { return Connect(server_.target(), options_); }

  FakeServer server_;
  const std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  ConnectOptions options_;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_TESTS_UNIT_CLIENT_CONNECTION_FIXTURE_H_
