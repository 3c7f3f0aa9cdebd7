// Events of a watch: put together from messages, over broken calls, and how they end.

#include "labgraph/watch.h"

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "labgraph/mock_connection.h"
#include "tests/unit/client/connection_fixture.h"
#include "tests/unit/client/error_matchers.h"
#include "tests/unit/client/fake_clock.h"

namespace labgraph::client {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

v1::WatchResponse Message(const std::string& text) {
  v1::WatchResponse message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

v1::WatchResponse Put(uint64_t revision, const std::string& id, bool more = false) {
  v1::WatchResponse message;
  message.set_revision(revision);
  message.mutable_change()->set_revision(revision);
  message.mutable_change()->add_events()->mutable_put_entity()->set_id(id);
  message.set_more(more);
  if (!more) message.set_resume_token(absl::StrCat("after ", revision));
  return message;
}

std::string Describe(const WatchEvent& event) {
  std::string text = absl::StrCat(event.revision);
  switch (event.type) {
    case WatchEvent::Type::kSnapshotBegins:
      absl::StrAppend(&text, " begins");
      break;
    case WatchEvent::Type::kSnapshotPart:
      absl::StrAppend(&text, " has");
      break;
    case WatchEvent::Type::kSnapshotEnds:
      absl::StrAppend(&text, " ends");
      break;
    case WatchEvent::Type::kChange:
      absl::StrAppend(&text, " put");
      break;
    case WatchEvent::Type::kHeartbeat:
      absl::StrAppend(&text, " heartbeat");
  }
  for (const v1::Entity& entity : event.snapshot.entities()) {
    absl::StrAppend(&text, " ", entity.id());
  }
  for (const v1::ChangeEvent& change : event.change.events()) {
    absl::StrAppend(&text, " ", change.put_entity().id());
  }
  if (!event.resume_token.empty()) absl::StrAppend(&text, ", ", event.resume_token);
  return text;
}

class WatchTest : public ::testing::Test {
 protected:
  WatchTest() {
    connection_->watch = [this](const v1::WatchRequest& request) {
      requests_.push_back(request.ShortDebugString());
      EXPECT_LT(requests_.size(), calls_.size() + 1) << "one call too many";
      auto& [messages, end] = calls_[requests_.size() - 1];
      return StreamOf<v1::WatchResponse>(messages, end);
    };
    options_.clock = clock_;
  }

  // What the next call gives, and how it ends.
  void Call(std::vector<v1::WatchResponse> messages, absl::Status end) {
    calls_.emplace_back(std::move(messages), std::move(end));
  }

  // All events; the error at their end is in end_.
  std::vector<std::string> Events(const Watch& watch) {
    std::vector<std::string> events;
    for (absl::StatusOr<WatchEvent>& event : watch.Run(connection_, options_)) {
      end_ = event.status();
      if (event.ok()) events.push_back(Describe(*event));
    }
    return events;
  }

  static absl::Status Unavailable() { return absl::UnavailableError("gone"); }
  static absl::Status Error(v1::ErrorReason reason) {
    return MakeError(reason, "", "It is so.");
  }

  const std::shared_ptr<MockConnection> connection_ = std::make_shared<MockConnection>();
  const std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  WatchOptions options_;
  std::vector<std::pair<std::vector<v1::WatchResponse>, absl::Status>> calls_;
  std::vector<std::string> requests_;
  absl::Status end_;
};

TEST_F(WatchTest, TheRequestSaysWhatTheChainSays) {
  EXPECT_EQ(Watch()
                .Kinds("lab", "team")
                .Predicates("targets")
                .Entities(std::vector<std::string>{"lab/a"})
                .Heartbeat(absl::Seconds(7))
                .request()
                .ShortDebugString(),
            "filter { kinds: \"lab\" kinds: \"team\" predicates: \"targets\" entities: "
            "\"lab/a\" } heartbeat_seconds: 7");
  EXPECT_EQ(Watch().After(3).request().ShortDebugString(), "after_revision: 3");
  EXPECT_EQ(Watch().After(3).Snapshot().request().ShortDebugString(), "snapshot: true");
  EXPECT_EQ(Watch().Resume("t").request().ShortDebugString(), "resume_token: \"t\"");
  EXPECT_EQ(Watch().Resume("t").FromHead().request().ShortDebugString(), "");
}

TEST_F(WatchTest, PartsOfACommitAreOneEvent) {
  Call({Message("revision: 1 heartbeat {} resume_token: 'after 1'"),
        Put(2, "lab/a", true), Put(2, "lab/b", true), Put(2, "lab/c"), Put(3, "lab/d")},
       absl::OkStatus());
  EXPECT_THAT(Events(Watch()),
              ElementsAre("1 heartbeat, after 1", "2 put lab/a lab/b lab/c, after 2",
                          "3 put lab/d, after 3"));
  EXPECT_THAT(end_, IsOk());
}

TEST_F(WatchTest, ASnapshotSaysWhereItBeginsAndEnds) {
  Call({Message("revision: 4 snapshot { entities { id: 'lab/a' } } more: true"),
        Message("revision: 4 snapshot {} more: true"),
        Message("revision: 4 snapshot { entities { id: 'lab/b' } } resume_token: "
                "'after 4'"),
        Put(5, "lab/c")},
       absl::OkStatus());
  EXPECT_THAT(Events(Watch().Snapshot()),
              ElementsAre("4 begins", "4 has lab/a", "4 has lab/b", "4 ends, after 4",
                          "5 put lab/c, after 5"));
}

TEST_F(WatchTest, GoesOnBehindTheLastWholeEvent) {
  Call({Put(2, "lab/a"), Put(3, "lab/b", true)}, Unavailable());
  Call({Put(3, "lab/b", true), Put(3, "lab/c")}, Unavailable());
  Call({}, absl::OkStatus());
  EXPECT_THAT(Events(Watch().After(1).Kinds("lab")),
              ElementsAre("2 put lab/a, after 2", "3 put lab/b lab/c, after 3"));
  EXPECT_THAT(requests_,
              ElementsAre("after_revision: 1 filter { kinds: \"lab\" }",
                          "resume_token: \"after 2\" filter { kinds: \"lab\" }",
                          "resume_token: \"after 3\" filter { kinds: \"lab\" }"));
  EXPECT_THAT(clock_->sleeps(), SizeIs(2));
}

TEST_F(WatchTest, ABrokenSnapshotBeginsAnew) {
  Call({Message("revision: 4 snapshot { entities { id: 'lab/a' } } more: true")},
       Unavailable());
  Call({Message("revision: 5 snapshot { entities { id: 'lab/b' } } resume_token: "
                "'after 5'")},
       absl::OkStatus());
  EXPECT_THAT(Events(Watch().Snapshot()),
              ElementsAre("4 begins", "4 has lab/a", "5 begins", "5 has lab/b",
                          "5 ends, after 5"));
}

TEST_F(WatchTest, GivesUpAfterTheAttemptsOfThePolicy) {
  options_.retry.max_attempts = 3;
  Call({}, Unavailable());
  Call({Put(2, "lab/a")}, Unavailable());
  Call({Put(3, "lab/b")}, Unavailable());  // a message: the count begins anew
  for (int i = 0; i < 2; ++i) Call({}, Unavailable());
  EXPECT_THAT(Events(Watch()),
              ElementsAre("2 put lab/a, after 2", "3 put lab/b, after 3"));
  EXPECT_THAT(end_, HasCode(absl::StatusCode::kUnavailable));
  EXPECT_THAT(requests_, SizeIs(5));
}

TEST_F(WatchTest, ACallThatTheServerCancelledIsOneThatBroke) {
  Call({Put(2, "lab/a")}, absl::CancelledError("by the server"));
  Call({Put(3, "lab/b")}, absl::OkStatus());
  EXPECT_THAT(Events(Watch().After(1)), SizeIs(2));
  EXPECT_EQ(requests_.back(), "resume_token: \"after 2\"");
  EXPECT_THAT(clock_->sleeps(), SizeIs(1));
}

TEST_F(WatchTest, AServerThatWasNeverThereShowsSooner) {
  options_.first.max_attempts = 2;
  for (int i = 0; i < 2; ++i) Call({}, Unavailable());
  EXPECT_THAT(Events(Watch()), SizeIs(0));
  EXPECT_THAT(end_, HasCode(absl::StatusCode::kUnavailable));
}

TEST_F(WatchTest, TooSlowGoesOnWithTheTokenAtOnce) {
  Call({Put(2, "lab/a")}, Error(v1::ERROR_REASON_WATCH_TOO_SLOW));
  Call({Put(3, "lab/b")}, absl::OkStatus());
  EXPECT_THAT(Events(Watch().After(1)), SizeIs(2));
  EXPECT_EQ(requests_.back(), "resume_token: \"after 2\"");
  EXPECT_THAT(clock_->sleeps(), SizeIs(0));
}

TEST_F(WatchTest, WhatCannotBeToldAnyMoreIsASnapshot) {
  for (const v1::ErrorReason reason :
       {v1::ERROR_REASON_REVISION_COMPACTED, v1::ERROR_REASON_STORE_RESTORED}) {
    calls_.clear();
    requests_.clear();
    Call({Put(2, "lab/a")}, Error(reason));
    Call({Message("revision: 9 snapshot {} resume_token: 'after 9'")}, absl::OkStatus());
    EXPECT_THAT(Events(Watch().After(1).Kinds("lab")),
                ElementsAre("2 put lab/a, after 2", "9 begins", "9 ends, after 9"));
    EXPECT_EQ(requests_.back(), "snapshot: true filter { kinds: \"lab\" }");
  }
}

TEST_F(WatchTest, WhoWantsNoSnapshotGetsTheError) {
  Call({Put(2, "lab/a")}, Error(v1::ERROR_REASON_REVISION_COMPACTED));
  EXPECT_THAT(Events(Watch().After(1).WithoutNewSnapshots()), SizeIs(1));
  EXPECT_EQ(ReasonOf(end_), v1::ERROR_REASON_REVISION_COMPACTED);
}

TEST_F(WatchTest, ARefusalIsTheLastElement) {
  Call({}, Error(v1::ERROR_REASON_RESUME_TOKEN_INVALID));
  EXPECT_THAT(Events(Watch().Resume("x")), SizeIs(0));
  EXPECT_EQ(ReasonOf(end_), v1::ERROR_REASON_RESUME_TOKEN_INVALID);
  EXPECT_THAT(requests_, SizeIs(1));
}

TEST_F(WatchTest, NothingIsAskedBeforeTheFirstEventIsWanted) {
  { const WatchRange range = Watch().Run(connection_, options_); }
  EXPECT_THAT(requests_, SizeIs(0));
}

TEST_F(WatchTest, StoppedBetweenEventsItEnds) {
  Call({Put(2, "lab/a"), Put(3, "lab/b")}, absl::OkStatus());
  WatchRange range = Watch().Run(connection_, options_);
  ASSERT_TRUE(range.Next().has_value());
  range.Stop();
  EXPECT_FALSE(range.Next().has_value());
  range.Stop();
}

class RealWatchTest : public ConnectionTest {};

TEST_F(RealWatchTest, StopEndsAWaitFromAnotherThread) {
  server_.watch = [](grpc::ServerContext& context, const v1::WatchRequest&,
                     grpc::ServerWriter<v1::WatchResponse>& writer) {
    writer.Write(Put(2, "lab/a"));
    while (writer.Write(Message("heartbeat {}"))) {
    }
    return grpc::Status::OK;
  };
  WatchRange range = Watch().Run(Connected());
  ASSERT_TRUE(range.Next().has_value());
  std::thread stopper([&range] { range.Stop(); });
  while (range.Next().has_value()) {
  }
  stopper.join();
}

TEST_F(RealWatchTest, ATimeoutOfCallsIsNoneOfAWatch) {
  options_.timeout = absl::ZeroDuration();
  server_.watch = [](grpc::ServerContext& context, const v1::WatchRequest&,
                     grpc::ServerWriter<v1::WatchResponse>& writer) {
    writer.Write(Put(2, "lab/a"));
    return grpc::Status::OK;
  };
  WatchRange range = Watch().Run(Connected());
  const auto event = range.Next();
  ASSERT_TRUE(event.has_value());
  ASSERT_THAT(*event, IsOk());
  EXPECT_EQ(Describe(**event), "2 put lab/a, after 2");
}

TEST_F(RealWatchTest, StopWorksWhileThereIsNoConnection) {
  options_.wait_for_ready = true;
  const std::string nowhere = server_.target();
  server_.Stop();
  WatchRange range = Watch().Run(Connect(nowhere, options_));
  std::thread stopper([&range] { range.Stop(); });
  EXPECT_FALSE(range.Next().has_value());
  stopper.join();
}

}  // namespace
}  // namespace labgraph::client
