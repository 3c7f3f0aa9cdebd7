// Clients that write and read the same few records at once, while the server is killed
// and started again under them: what they saw has one order, the order of revisions.

#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/faults/history_checker.h"
#include "tests/faults/history_client.h"
#include "tests/faults/history_records.h"
#include "tests/faults/items.h"
#include "tests/faults/server_process.h"
#include "tests/testing/effort.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::faults {
namespace {

using testing::Effort;

// Counts the calls of some callers and lets another thread wait for them. Thread-safe.
class CallCount {
 public:
  explicit CallCount(size_t callers) : callers_(callers) {}

  void Add() {
    absl::MutexLock lock(&mu_);
    ++calls_;
  }
  // Of one caller.
  void End() {
    absl::MutexLock lock(&mu_);
    --callers_;
  }
  // Returns when there were so many, or when all callers have ended.
  void Await(uint64_t calls) {
    absl::MutexLock lock(&mu_);
    const auto reached = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
      return calls_ >= calls || callers_ == 0;
    };
    mu_.Await(absl::Condition(&reached));
  }

 private:
  absl::Mutex mu_;
  uint64_t calls_ ABSL_GUARDED_BY(mu_) = 0;
  size_t callers_ ABSL_GUARDED_BY(mu_);
};

class SerializabilityTest : public ::testing::Test {
 protected:
  static constexpr int kClients = 4;
  static constexpr int kKills = 2;
  static constexpr int kCallsBetweenKills = 150;  // of each client

  SerializabilityTest() : seed_(testing::RandomSeed()), random_(seed_) {
    std::cout << "LABGRAPH_SEED=" << seed_ << std::endl;
  }

  uint64_t Below(uint64_t bound) { return random_() % bound; }

  // What the clients of a new server saw.
  History NewHistory() {
    ServerProcess server;
    History history{kSchemaRevision, {}};
    std::vector<HistoryClient> clients;
    for (int i = 0; i < kClients; ++i) {
      clients.emplace_back(absl::StrCat("c", i), random_());
    }
    EXPECT_OK(server.Start());
    Begin(*ConnectOnce(server.address()), &history);
    for (int kill = 0; kill < kKills; ++kill) {
      RunAndKill(clients, &server);
      EXPECT_OK(server.Start());
    }
    RunToEnd(clients, *ConnectOnce(server.address()));
    clients.front().ReadAll(*ConnectOnce(server.address()));
    for (const HistoryClient& client : clients) {
      history.operations.insert(history.operations.end(), client.operations().begin(),
                                client.operations().end());
    }
    return history;
  }

  const uint64_t seed_;
  std::mt19937_64 random_;

 private:
  // Joins its thread when it goes.
  using Threads = std::vector<std::jthread>;

  void Begin(client::Connection& connection, History* history) {
    ApplySchema(connection);
    const v1::CommitRequest request = FirstCommit();
    const int64_t invoked = Now();
    const auto response = connection.Commit(request);
    ASSERT_OK(response);
    history->operations.push_back({Operation::Type::kWrite, "first", EffectOf(request),
                                   invoked, Now(), response->revision()});
  }

  Threads Run(std::vector<HistoryClient>& clients, client::Connection& connection,
              CallCount* calls) {
    Threads threads;
    for (HistoryClient& client : clients) {
      threads.emplace_back([&client, &connection, calls] {
        client.Run(connection, kCallsBetweenKills, [&] { calls->Add(); });
        calls->End();
      });
    }
    return threads;
  }

  void RunToEnd(std::vector<HistoryClient>& clients, client::Connection& connection) {
    CallCount calls(clients.size());
    Run(clients, connection, &calls).clear();
  }

  void RunAndKill(std::vector<HistoryClient>& clients, ServerProcess* server) {
    const auto connection = ConnectOnce(server->address());
    CallCount calls(clients.size());
    Threads threads = Run(clients, *connection, &calls);
    // Some are still under way then, whatever each of them did.
    calls.Await(1 + Below(kCallsBetweenKills));
    server->Kill();
    threads.clear();
    for (HistoryClient& client : clients) client.ServerIsGone();
  }
};

TEST_F(SerializabilityTest, HistoriesAreStrictlySerializable) {
  SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", seed_));
  const int histories = Effort(10, 100);
  size_t writes = 0;
  size_t unanswered = 0;
  size_t reads = 0;
  for (int i = 0; i < histories && !HasFailure(); ++i) {
    const History history = NewHistory();
    EXPECT_OK(CheckStrictlySerializable(history)) << "history " << i;
    for (const Operation& operation : history.operations) {
      const bool is_write = operation.type == Operation::Type::kWrite;
      (is_write ? writes : reads) += 1;
      unanswered += !operation.revision.has_value();
    }
  }
  std::cout << histories << " histories with " << histories * kKills
            << " kills: " << writes << " writes, " << unanswered
            << " of them unanswered, and " << reads << " reads" << std::endl;
  EXPECT_GT(unanswered, 0) << "no kill met a write on its way";
}

}  // namespace
}  // namespace labgraph::faults
