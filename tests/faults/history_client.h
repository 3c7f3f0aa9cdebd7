#ifndef LABGRAPH_TESTS_FAULTS_HISTORY_CLIENT_H_
#define LABGRAPH_TESTS_FAULTS_HISTORY_CLIENT_H_

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "labgraph/client.h"
#include "tests/faults/history.h"

namespace labgraph::faults {

// Nanoseconds of a clock that never goes back.
int64_t Now();

// One of the callers of a history: random writes and reads, one after another. What they
// do is kept, without the reads that got no answer. Not thread-safe.
class HistoryClient {
 public:
  HistoryClient(const std::string& name, uint64_t seed) : name_(name), random_(seed) {}

  // Makes so many calls and says so after each; ends at the first that fails. Fails the
  // test where a call fails otherwise than because the server is gone.
  void Run(client::Connection& connection, int calls,
           const std::function<void()>& called);

  // Every record, read in every way.
  void ReadAll(client::Connection& connection);

  // Says that writes without an answer can take effect no more.
  void ServerIsGone();

  const std::vector<Operation>& operations() const { return operations_; }

 private:
  uint64_t Below(uint64_t bound) { return random_() % bound; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }

  bool Write(client::Connection& connection);
  bool Read(client::Connection& connection, size_t way, Operation::Type type);
  v1::CommitRequest RandomCommit(const std::string& value);
  v1::ReadOptions OptionsFor(Operation::Type type);

  const std::string name_;
  std::mt19937_64 random_;
  int calls_ = 0;
  uint64_t newest_seen_ = 0;  // revision
  std::vector<Operation> operations_;
};

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_HISTORY_CLIENT_H_
