// Writes over a line that breaks: requests and replies are lost on their way, or late,
// and the client library tries again. Each write happens exactly once, and its answer is
// the one that was lost.

#include <iostream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/faults/items.h"
#include "tests/faults/proxy.h"
#include "tests/faults/server_process.h"
#include "tests/testing/effort.h"
#include "tests/testing/random_seed.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::faults {
namespace {

using google::protobuf::util::MessageDifferencer;
using testing::Effort;
using ::testing::IsEmpty;

constexpr ProxyFaults kFaults{
    .lose_request = 20, .after_request = 20, .lose_reply = 15, .delay = 20};

// One that goes on until the line holds.
std::shared_ptr<client::Connection> ConnectPatiently(const std::string& address) {
  client::ConnectOptions options;
  options.retry.max_attempts = 1000;
  options.retry.initial_backoff = absl::Milliseconds(1);
  options.retry.max_backoff = absl::Milliseconds(20);
  return client::Connect(address, options);
}

// Whether both say the same of the commit, apart from which was first.
bool SameAnswer(v1::CommitResponse a, v1::CommitResponse b) {
  a.clear_replayed();
  b.clear_replayed();
  return MessageDifferencer::Equals(a, b);
}

// A caller who replaces one item and its only link again and again, so that a write that
// happened twice, or late, would be seen: every change is one only the first time.
class Writer {
 public:
  Writer(std::string name, std::shared_ptr<client::Connection> connection, uint64_t seed)
      : name_(std::move(name)), connection_(std::move(connection)), random_(seed) {}

  // Sends so many writes, each until it is answered, and some twice at once.
  void Run(int writes) {
    for (int n = 0; n < writes; ++n) {
      const v1::CommitRequest request = WriteNumber(n);
      const bool twice = random_() % 4 == 0;
      absl::StatusOr<v1::CommitResponse> second;
      {
        std::jthread other;
        if (twice) other = std::jthread([&] { second = connection_->Commit(request); });
        Take(n, connection_->Commit(request));
      }
      if (answers_.size() != static_cast<size_t>(n) + 1) return;
      if (twice) {
        ++sent_twice_;
      } else {
        replayed_ += answers_.back().replayed();
      }
      // The answer that a caller gets who has forgotten the first, or asks at once.
      if (!second.ok()) second = connection_->Commit(request);
      ASSERT_OK(second);
      EXPECT_TRUE(SameAnswer(*second, answers_.back())) << request.request_id();
    }
  }

  // Asks the server, over a line that holds, what became of the writes.
  void Check(client::Connection& connection) const {
    for (size_t n = 0; n < answers_.size(); ++n) {
      const uint64_t revision = answers_[n].revision();
      EXPECT_EQ(NameAt(connection, revision), ValueOf(n));
      if (n == 0) continue;
      EXPECT_EQ(NameAt(connection, revision - 1), ValueOf(n - 1));
    }
  }

  const std::vector<v1::CommitResponse>& answers() const { return answers_; }
  size_t sent_twice() const { return sent_twice_; }
  // Answers of the others that were given before, and lost.
  size_t replayed() const { return replayed_; }

 private:
  std::string ValueOf(size_t n) const { return absl::StrCat(name_, ".", n); }

  v1::CommitRequest WriteNumber(int n) const {
    v1::CommitRequest request;
    request.set_request_id(ValueOf(n));
    *request.add_mutations()->mutable_put_entity() = Item(name_, ValueOf(n));
    *request.add_mutations()->mutable_put_statement() =
        Link(ValueOf(n), name_, name_, ValueOf(n));
    if (n > 0) {
      request.add_mutations()->mutable_retract_statement()->set_id(ValueOf(n - 1));
    }
    return request;
  }

  void Take(int n, const absl::StatusOr<v1::CommitResponse>& response) {
    ASSERT_OK(response) << name_ << " " << n;
    ASSERT_EQ(response->results_size(), n > 0 ? 3 : 2);
    EXPECT_EQ(response->results(0).outcome(),
              n > 0 ? v1::OUTCOME_UPDATED : v1::OUTCOME_CREATED);
    EXPECT_EQ(response->results(1).outcome(), v1::OUTCOME_CREATED);
    answers_.push_back(*response);
    if (n == 0) return;
    EXPECT_EQ(response->results(2).outcome(), v1::OUTCOME_RETRACTED);
  }

  std::string NameAt(client::Connection& connection, uint64_t revision) const {
    v1::GetEntityRequest request;
    request.set_id(absl::StrCat("item/", name_));
    request.mutable_read()->set_revision(revision);
    const auto response = connection.GetEntity(request);
    return response.ok() ? response->entity().label().text() : "";
  }

  const std::string name_;
  const std::shared_ptr<client::Connection> connection_;
  std::mt19937_64 random_;
  std::vector<v1::CommitResponse> answers_;
  size_t sent_twice_ = 0;
  size_t replayed_ = 0;
};

class RetryProxyTest : public ::testing::Test {
 protected:
  static constexpr int kWriters = 4;

  RetryProxyTest() : seed_(testing::RandomSeed()) {
    std::cout << "LABGRAPH_SEED=" << seed_ << std::endl;
  }

  // Has all writers send their writes over the line at the same time.
  void WriteOver(const Proxy& line, int writes) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kWriters; ++i) {
      writers_.push_back(std::make_unique<Writer>(
          absl::StrCat("w", i), ConnectPatiently(line.address()), seed_ + 1 + i));
      threads.emplace_back(
          [writer = writers_.back().get(), writes] { writer->Run(writes / kWriters); });
    }
  }

  // One revision for each write and none besides.
  void CheckWrites(client::Connection& connection, int writes) {
    std::set<uint64_t> revisions;
    for (const auto& writer : writers_) {
      writer->Check(connection);
      sent_twice_ += writer->sent_twice();
      replayed_ += writer->replayed();
      for (const v1::CommitResponse& answer : writer->answers()) {
        EXPECT_TRUE(revisions.insert(answer.revision()).second) << answer.revision();
      }
    }
    EXPECT_EQ(revisions.size(), writes);
    const auto info = connection.GetServerInfo({});
    ASSERT_OK(info);
    EXPECT_EQ(info->head_revision(), kSchemaRevision + static_cast<uint64_t>(writes));
    EXPECT_EQ(info->entity_count(), kWriters);
    EXPECT_EQ(info->statement_count(), kWriters);
  }

  const uint64_t seed_;
  ServerProcess server_;
  std::vector<std::unique_ptr<Writer>> writers_;
  size_t sent_twice_ = 0;
  size_t replayed_ = 0;
};

TEST_F(RetryProxyTest, EveryWriteHappensExactlyOnce) {
  SCOPED_TRACE(absl::StrCat("LABGRAPH_SEED=", seed_));
  const int writes = Effort(1000, 10000);
  ASSERT_OK(server_.Start());
  const auto direct = ConnectOnce(server_.address());
  ApplySchema(*direct);
  ProxyCounts counts;
  {
    Proxy line(server_.address(), kFaults, seed_);
    WriteOver(line, writes);
    counts = line.counts();
  }
  CheckWrites(*direct, writes);
  EXPECT_EQ(server_.Stop(), 0);
  EXPECT_THAT(VerifyDirectory(server_.data_directory()), IsEmpty());
  std::cout << writes << " writes, " << sent_twice_
            << " of them sent twice at once, over " << counts.connections
            << " connections: " << counts.requests_lost << " requests lost, "
            << counts.cut_after_request << " cut off after one, " << counts.replies_lost
            << " replies lost, " << counts.delays << " delays, " << replayed_
            << " lost answers given again" << std::endl;
  EXPECT_GT(counts.replies_lost, 0);
  EXPECT_GT(replayed_, 0) << "no answer of a write was lost";
}

}  // namespace
}  // namespace labgraph::faults
