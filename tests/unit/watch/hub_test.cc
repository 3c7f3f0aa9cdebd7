// The thread that serves all watches: whose turn it is, heartbeats, slow callers, and how
// watches end.

#include "server/watch/hub.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/watch/watched_graph.h"

namespace labgraph::watch {
namespace {

using ::testing::ElementsAre;
using testing::FailsAt;
using testing::FailsWith;
using testing::ParseText;
using ::testing::SizeIs;

// A caller who takes messages at once, or when the test says so.
class Caller final : public Outlet {
 public:
  explicit Caller(Hub* hub) : hub_(hub) {}

  absl::Status Watch(const std::string& request) {
    return hub_->Start(ParseText<v1::WatchRequest>(request), this);
  }

  // From here on messages wait for Take.
  void Hold() {
    absl::MutexLock lock(&mu_);
    holds_ = true;
  }
  // Takes the message that is being sent, and holds the next.
  void Take(bool ok = true) { hub_->Sent(this, ok); }

  // Waits until so many messages in all were taken, or are held.
  std::vector<std::string> Await(size_t count) {
    absl::MutexLock lock(&mu_);
    const auto arrived = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
      return arrived_ >= count || ended_;
    };
    mu_.Await(absl::Condition(&arrived));
    std::vector<std::string> said;
    for (const v1::WatchResponse& message : messages_) said.push_back(Describe(message));
    return said;
  }
  v1::WatchResponse Last() {
    absl::MutexLock lock(&mu_);
    return messages_.back();
  }
  absl::Status AwaitEnd() {
    absl::MutexLock lock(&mu_);
    mu_.Await(absl::Condition(&ended_));
    return end_;
  }
  void AwaitGivenUp() {
    absl::MutexLock lock(&mu_);
    mu_.Await(absl::Condition(&given_up_));
  }
  bool given_up() {
    absl::MutexLock lock(&mu_);
    return given_up_;
  }

 private:
  void Send(const v1::WatchResponse& message) override {
    {
      absl::MutexLock lock(&mu_);
      messages_.push_back(message);
      if (holds_) {
        ++arrived_;
        return;
      }
    }
    hub_->Sent(this, true);
    absl::MutexLock lock(&mu_);
    ++arrived_;
  }
  void GiveUp() override {
    absl::MutexLock lock(&mu_);
    EXPECT_FALSE(given_up_) << "twice";
    given_up_ = true;
  }
  void End(const absl::Status& status) override {
    absl::MutexLock lock(&mu_);
    EXPECT_FALSE(ended_) << "twice";
    ended_ = true;
    end_ = status;
  }

  Hub* const hub_;
  absl::Mutex mu_;
  bool holds_ ABSL_GUARDED_BY(mu_) = false;
  bool ended_ ABSL_GUARDED_BY(mu_) = false;
  bool given_up_ ABSL_GUARDED_BY(mu_) = false;
  absl::Status end_ ABSL_GUARDED_BY(mu_);
  std::vector<v1::WatchResponse> messages_ ABSL_GUARDED_BY(mu_);
  size_t arrived_ ABSL_GUARDED_BY(mu_) = 0;
};

class HubTest : public ::testing::Test {
 protected:
  HubTest() : hub_(std::make_unique<Hub>(&graph_.graph(), &graph_.clock())) {}

  void Advance(absl::Duration duration) {
    graph_.clock().Advance(duration);
    hub_->Wake();
  }

  // Waits until all whose turn it is have had it. The first of two who come now may come
  // before them, the second not.
  void AwaitTurns() {
    for (int i = 0; i < 2; ++i) {
      Caller last(hub_.get());
      ASSERT_OK(last.Watch(""));
      last.Await(1);
      hub_->Cancelled(&last);
      EXPECT_FALSE(last.AwaitEnd().ok());
    }
  }

  WatchedGraph graph_;
  std::unique_ptr<Hub> hub_;
};

TEST_F(HubTest, TellsEveryCommitToAllWhoWatch) {
  Caller one(hub_.get());
  Caller two(hub_.get());
  ASSERT_OK(one.Watch(""));
  ASSERT_OK(two.Watch("after_revision: 1 filter { kinds: 'team' }"));
  EXPECT_THAT(one.Await(1), ElementsAre("1 heartbeat"));
  graph_.PutEntities({"lab/a"});
  graph_.PutEntities({"team/t"});
  EXPECT_THAT(one.Await(3), ElementsAre("1 heartbeat", "2: put lab/a", "3: put team/t"));
  EXPECT_THAT(two.Await(1), ElementsAre("3: put team/t"));
  hub_->Stop();
  EXPECT_THAT(one.AwaitEnd(), FailsWith(v1::ERROR_REASON_BUSY));
  EXPECT_THAT(two.AwaitEnd(), FailsWith(v1::ERROR_REASON_BUSY));
}

TEST_F(HubTest, AHeartbeatComesAfterSilence) {
  Caller caller(hub_.get());
  ASSERT_OK(caller.Watch("after_revision: 1 heartbeat_seconds: 20"));
  Advance(absl::Seconds(19));
  graph_.PutEntities({"lab/a"});
  caller.Await(1);
  Advance(absl::Seconds(19));
  graph_.PutEntities({"lab/b"});
  EXPECT_THAT(caller.Await(2), ElementsAre("2: put lab/a", "3: put lab/b"))
      << "messages put it off";
  Advance(absl::Seconds(20));
  EXPECT_THAT(caller.Await(3).back(), "3 heartbeat");
  Advance(absl::Seconds(20));
  EXPECT_THAT(caller.Await(4).back(), "3 heartbeat");
  EXPECT_FALSE(caller.Last().resume_token().empty());
  hub_->Stop();
  EXPECT_FALSE(caller.AwaitEnd().ok());
}

TEST_F(HubTest, SilenceBeginsWhenAMessageWasTaken) {
  Caller caller(hub_.get());
  caller.Hold();
  ASSERT_OK(caller.Watch("heartbeat_seconds: 20"));
  caller.Await(1);
  Advance(absl::Seconds(15));
  caller.Take();
  Advance(absl::Seconds(19));
  AwaitTurns();
  graph_.PutEntities({"lab/a"});
  EXPECT_THAT(caller.Await(2), ElementsAre("1 heartbeat", "2: put lab/a"));
  hub_->Stop();
  caller.Take();
  EXPECT_FALSE(caller.AwaitEnd().ok());
}

TEST_F(HubTest, TheUsualHeartbeatIsThatOfTheProto) {
  Caller caller(hub_.get());
  ASSERT_OK(caller.Watch("after_revision: 1"));
  Advance(absl::Seconds(limits::kDefaultHeartbeatSeconds) - absl::Milliseconds(1));
  graph_.PutEntities({"lab/a"});
  EXPECT_THAT(caller.Await(1), ElementsAre("2: put lab/a"));
  Advance(absl::Seconds(limits::kDefaultHeartbeatSeconds));
  EXPECT_THAT(caller.Await(2).back(), "2 heartbeat");
  hub_->Stop();
  EXPECT_FALSE(caller.AwaitEnd().ok());
}

TEST_F(HubTest, WhoDoesNotTakeAMessageGetsNoOther) {
  Caller caller(hub_.get());
  Caller other(hub_.get());
  caller.Hold();
  ASSERT_OK(caller.Watch("after_revision: 1"));
  ASSERT_OK(other.Watch("after_revision: 1"));
  for (const char* id : {"lab/a", "lab/b", "lab/c"}) graph_.PutEntities({id});
  EXPECT_THAT(other.Await(3), SizeIs(3)) << "nobody waits for the slow one";
  EXPECT_THAT(caller.Await(1), ElementsAre("2: put lab/a"));
  caller.Take();
  EXPECT_THAT(caller.Await(2), ElementsAre("2: put lab/a", "3: put lab/b"));
  caller.Take();
  EXPECT_THAT(caller.Await(3), SizeIs(3));
  hub_->Stop();
  caller.Take();
  EXPECT_THAT(caller.AwaitEnd(), FailsWith(v1::ERROR_REASON_BUSY));
  EXPECT_FALSE(other.AwaitEnd().ok());
}

TEST_F(HubTest, AMessageTakenTooLateEndsTheWatchWithWhereToGoOn) {
  graph_.PutEntities({"lab/a"});
  graph_.PutEntities({"lab/b"});
  Caller caller(hub_.get());
  caller.Hold();
  ASSERT_OK(caller.Watch("after_revision: 1"));
  caller.Await(1);
  Advance(absl::Seconds(60));
  caller.Take();
  caller.Await(2);  // that was in time
  Advance(absl::Seconds(60) + absl::Nanoseconds(1));
  caller.Take();
  const absl::Status end = caller.AwaitEnd();
  EXPECT_THAT(end, FailsWith(v1::ERROR_REASON_WATCH_TOO_SLOW));
  EXPECT_EQ(MetaOf(end, "revision"), "3");
  EXPECT_EQ(MetaOf(end, "resume_token"), caller.Last().resume_token());
  EXPECT_EQ(hub_->watches(), 0u);
}

TEST_F(HubTest, TooLateInTheMiddleOfACommitLeadsBackToItsBeginning) {
  graph_.PutEntities({"lab/a"});
  graph_.PutLabs("x", 100, 1000);
  Caller caller(hub_.get());
  ASSERT_OK(caller.Watch("after_revision: 1 filter { kinds: 'team' kinds: 'lab' }"));
  const std::vector<std::string> all = caller.Await(5);
  Caller slow(hub_.get());
  slow.Hold();
  ASSERT_OK(slow.Watch("after_revision: 1"));
  slow.Await(1);
  const std::string token = slow.Last().resume_token();
  slow.Take();
  slow.Await(2);
  ASSERT_TRUE(slow.Last().more());
  Advance(absl::Seconds(61));
  slow.Take();
  const absl::Status end = slow.AwaitEnd();
  EXPECT_EQ(MetaOf(end, "revision"), "2");
  EXPECT_EQ(MetaOf(end, "resume_token"), token);
  hub_->Stop();
  EXPECT_FALSE(caller.AwaitEnd().ok());
}

TEST_F(HubTest, TooLateInASnapshotLeadsToAnotherSnapshot) {
  graph_.PutLabs("x", 100, 1000);
  Caller slow(hub_.get());
  slow.Hold();
  ASSERT_OK(slow.Watch("snapshot: true"));
  slow.Await(1);
  Advance(absl::Seconds(61));
  slow.Take();
  const absl::Status end = slow.AwaitEnd();
  EXPECT_THAT(end, FailsWith(v1::ERROR_REASON_WATCH_TOO_SLOW));
  EXPECT_EQ(MetaOf(end, "resume_token"), "");
  EXPECT_THAT(std::string(end.message()),
              ::testing::HasSubstr("begin with a snapshot again"));
}

TEST_F(HubTest, AMessageThatIsNeverTakenIsGivenUp) {
  graph_.PutEntities({"lab/a"});
  Caller caller(hub_.get());
  caller.Hold();
  ASSERT_OK(caller.Watch("after_revision: 1"));
  caller.Await(1);
  Advance(absl::Minutes(5) - absl::Milliseconds(1));
  graph_.PutEntities({"lab/b"});
  EXPECT_FALSE(caller.given_up());
  Advance(absl::Milliseconds(1));
  caller.AwaitGivenUp();
  Advance(absl::Minutes(5));
  caller.Take(/*ok=*/false);
  EXPECT_THAT(caller.AwaitEnd(), FailsWith(v1::ERROR_REASON_CANCELLED));
}

TEST_F(HubTest, ACancelledWatchEnds) {
  Caller caller(hub_.get());
  ASSERT_OK(caller.Watch(""));
  caller.Await(1);
  hub_->Cancelled(&caller);
  EXPECT_THAT(caller.AwaitEnd(), FailsWith(v1::ERROR_REASON_CANCELLED));
  hub_->Cancelled(&caller);  // too late to matter
  EXPECT_EQ(hub_->watches(), 0u);
}

TEST_F(HubTest, ACancelledWatchEndsWhenItsMessageHasFailed) {
  Caller caller(hub_.get());
  caller.Hold();
  ASSERT_OK(caller.Watch(""));
  caller.Await(1);
  hub_->Cancelled(&caller);
  EXPECT_EQ(hub_->watches(), 1u);
  caller.Take(/*ok=*/false);
  EXPECT_THAT(caller.AwaitEnd(), FailsWith(v1::ERROR_REASON_CANCELLED));
}

TEST_F(HubTest, StoppingGivesUpWhoDoesNotTakeTheirMessage) {
  Caller caller(hub_.get());
  caller.Hold();
  ASSERT_OK(caller.Watch(""));
  caller.Await(1);
  hub_->Stop();
  Advance(absl::Milliseconds(999));
  EXPECT_FALSE(caller.given_up());
  Advance(absl::Milliseconds(1));
  caller.AwaitGivenUp();
  caller.Take(/*ok=*/false);
  EXPECT_THAT(caller.AwaitEnd(), FailsWith(v1::ERROR_REASON_CANCELLED));
}

TEST_F(HubTest, NoneBeginsWhileStopping) {
  hub_->Stop();
  Caller caller(hub_.get());
  EXPECT_THAT(caller.Watch(""), FailsWith(v1::ERROR_REASON_BUSY));
}

TEST_F(HubTest, OneMoreThanTheLimitIsToldToTryAgain) {
  std::vector<std::unique_ptr<Caller>> callers;
  for (uint64_t i = 0; i < limits::kWatches.value; ++i) {
    callers.push_back(std::make_unique<Caller>(hub_.get()));
    ASSERT_OK(callers.back()->Watch(""));
  }
  Caller more(hub_.get());
  EXPECT_THAT(more.Watch(""), FailsWith(v1::ERROR_REASON_BUSY));
  hub_->Cancelled(callers[0].get());
  EXPECT_FALSE(callers[0]->AwaitEnd().ok());
  EXPECT_OK(more.Watch(""));
  hub_->Stop();
  for (const auto& caller : callers) EXPECT_FALSE(caller->AwaitEnd().ok());
  EXPECT_FALSE(more.AwaitEnd().ok());
}

TEST_F(HubTest, ABadRequestIsNoWatch) {
  Caller caller(hub_.get());
  EXPECT_THAT(caller.Watch("after_revision: 9"),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "after_revision"));
  EXPECT_EQ(hub_->watches(), 0u);
}

TEST_F(HubTest, ForgottenHistoryEndsTheWatchThatNeedsIt) {
  for (const char* id : {"lab/a", "lab/b", "lab/c"}) graph_.PutEntities({id});
  Caller caller(hub_.get());
  caller.Hold();
  ASSERT_OK(caller.Watch("after_revision: 1"));
  caller.Await(1);
  ASSERT_OK(graph_.graph().CompactHistory(4));
  caller.Take();
  const absl::Status end = caller.AwaitEnd();
  EXPECT_THAT(end, FailsWith(v1::ERROR_REASON_REVISION_COMPACTED));
  EXPECT_EQ(MetaOf(end, "oldest"), "4");
}

}  // namespace
}  // namespace labgraph::watch
