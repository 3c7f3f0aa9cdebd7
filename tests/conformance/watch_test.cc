// Watching over a socket: no gap and no repetition, parts, tokens, and how it ends.

#include "labgraph/watch.h"

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;
using ::labgraph::testing::FailsWith;
using ::testing::ElementsAre;
using Type = client::WatchEvent::Type;

// As GetServerInfo tells it.
constexpr uint64_t kHeartbeatSecondsMost = 300;

class Watches : public ServedGraph {
 protected:
  // The watch's next message, or the error it ends with.
  static absl::StatusOr<v1::WatchResponse> Next(client::WatchStream& stream) {
    auto message = stream.Read();
    if (!message.ok()) return message.status();
    EXPECT_TRUE(message->has_value()) << "the server never ends a watch like that";
    return message->value_or(v1::WatchResponse());
  }
  std::unique_ptr<client::WatchStream> Watch(const std::string& request) {
    return connection().Watch(Parse<v1::WatchRequest>(request));
  }
  absl::Status Refusal(const std::string& request) {
    return Watch(request)->Read().status();
  }

  // Commits labs "lab/<word><i>" for i below `count`, with a text of `bytes` each.
  void PutLabs(const std::string& word, int count, size_t bytes = 0) {
    v1::CommitRequest request;
    for (int i = 0; i < count; ++i) {
      v1::Entity* lab = request.add_mutations()->mutable_put_entity();
      lab->set_id(absl::StrCat("lab/", word, i));
      if (bytes > 0) (*lab->mutable_descriptions())["en"] = std::string(bytes, 'x');
    }
    ASSERT_OK(connection().Commit(request));
  }
};

TEST_P(Watches, FromHeadTellsWhatIsCommittedFromThenOn) {
  const auto stream = Watch("");
  auto message = Next(*stream);
  ASSERT_OK(message);
  EXPECT_TRUE(message->has_heartbeat());
  EXPECT_EQ(message->revision(), kFactsRevision);
  ASSERT_OK(
      Commit("message: 'why' actor: 'ann' mutations { put_entity { id: 'lab/n' } }"));
  message = Next(*stream);
  ASSERT_OK(message);
  EXPECT_EQ(message->change().events(0).put_entity().id(), "lab/n");
  EXPECT_EQ(message->change().message(), "why");
  EXPECT_EQ(message->change().actor(), "ann");
  EXPECT_TRUE(message->change().has_commit_time());
  EXPECT_EQ(message->revision(), kFactsRevision + 1);
  EXPECT_FALSE(message->resume_token().empty());
}

TEST_P(Watches, AfterRevisionZeroTellsEverything) {
  const auto stream = Watch("after_revision: 0");
  auto message = Next(*stream);
  ASSERT_OK(message);
  EXPECT_TRUE(message->change().events(0).has_schema());
  message = Next(*stream);
  ASSERT_OK(message);
  EXPECT_EQ(message->change().events_size(), 10);
}

TEST_P(Watches, ASnapshotIsWhatListsGive) {
  client::WatchRange events = client::Watch().Snapshot().Run(shared_connection());
  auto event = events.Next();
  EXPECT_EQ((*event)->type, Type::kSnapshotBegins);
  event = events.Next();
  const v1::SnapshotPart& part = (*event)->snapshot;
  EXPECT_EQ(part.schema().kinds_size(), 4);
  EXPECT_EQ(part.entities_size(), 5);
  EXPECT_EQ(part.statements_size(), 5);
  event = events.Next();
  EXPECT_EQ((*event)->type, Type::kSnapshotEnds);
  EXPECT_EQ((*event)->revision, kFactsRevision);
}

// Whatever is committed while a snapshot is told comes after it, and only that.
TEST_P(Watches, NothingIsLostOrDoubledBetweenSnapshotAndChanges) {
  PutLabs("old", 500, 1000);
  constexpr int kCommits = 100;
  std::thread writer([this] {
    for (int i = 0; i < kCommits; ++i) PutLabs(absl::StrCat("new", i, "-"), 1);
  });
  client::WatchRange events =
      client::Watch().Kinds("lab").Snapshot().Run(shared_connection());
  std::map<std::string, int> seen;
  uint64_t told = 0;
  while (told < kFactsRevision + 1 + kCommits) {
    const auto event = events.Next();
    ASSERT_TRUE(event.has_value());
    ASSERT_OK(*event);
    for (const v1::Entity& entity : (*event)->snapshot.entities()) ++seen[entity.id()];
    for (const v1::ChangeEvent& change : (*event)->change.events()) {
      ++seen[change.put_entity().id()];
    }
    if ((*event)->type == Type::kChange) {
      EXPECT_EQ((*event)->revision, told + 1) << "one commit after another";
    }
    if (!(*event)->resume_token.empty()) told = (*event)->revision;
  }
  writer.join();
  EXPECT_EQ(seen.size(), 2u + 500u + kCommits);
  for (const auto& [id, times] : seen) EXPECT_EQ(times, 1) << id;
}

TEST_P(Watches, ALargeCommitComesInPartsAndTheLastHasTheToken) {
  PutLabs("x", 1000, 500);
  const auto stream =
      Watch(absl::StrCat("after_revision: ", kFactsRevision, " filter { kinds: 'lab' }"));
  int parts = 0;
  int labs = 0;
  bool more = true;
  while (more) {
    const auto message = Next(*stream);
    ASSERT_OK(message);
    ++parts;
    labs += message->change().events_size();
    more = message->more();
    EXPECT_EQ(message->resume_token().empty(), more);
    EXPECT_EQ(message->revision(), kFactsRevision + 1);
  }
  EXPECT_EQ(labs, 1000);
  EXPECT_GT(parts, 10);
}

TEST_P(Watches, AFilterLetsPassWhatItNames) {
  const auto stream = Watch(absl::StrCat("after_revision: ", kFactsRevision,
                                         " filter { predicates: 'targeted_by' }"));
  ASSERT_OK(Commit("mutations { retract_statement { id: 'merger' } }"));
  ASSERT_OK(
      Commit("mutations { put_statement { id: 's' subject: 'lab/a' predicate: 'targets' "
             "object: 'topic/t2' } }"));
  ASSERT_OK(Commit("mutations { retract_statement { id: 's' } }"));
  auto message = Next(*stream);
  ASSERT_OK(message);
  EXPECT_EQ(message->change().events(0).put_statement().id(), "s");
  message = Next(*stream);
  ASSERT_OK(message);
  EXPECT_EQ(message->change().events(0).retract_statement(), "s");
}

TEST_P(Watches, AHeartbeatTellsThatCommitsWerePassedOver) {
  const auto stream = Watch(absl::StrCat("after_revision: ", kFactsRevision,
                                         " filter { kinds: 'topic' } "
                                         "heartbeat_seconds: 1"));
  PutLabs("x", 1);
  auto message = Next(*stream);
  ASSERT_OK(message);
  EXPECT_TRUE(message->has_heartbeat());
  EXPECT_EQ(message->revision(), kFactsRevision + 1);
}

TEST_P(Watches, ATokenGoesOnBehindItsMessage) {
  std::string token;
  {
    const auto stream = Watch("");
    token = Next(*stream)->resume_token();
  }
  PutLabs("x", 1);
  const auto stream = Watch(absl::StrCat("resume_token: '", token, "'"));
  const auto message = Next(*stream);
  ASSERT_OK(message);
  EXPECT_EQ(message->change().events(0).put_entity().id(), "lab/x0");
  EXPECT_THAT(
      Refusal(absl::StrCat("filter { kinds: 'lab' } resume_token: '", token, "'")),
      FailsAt(v1::ERROR_REASON_RESUME_TOKEN_INVALID, "resume_token"));
}

TEST_P(Watches, BadRequestsAreRefusedAtTheirField) {
  EXPECT_THAT(Refusal("after_revision: 99"),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "after_revision"));
  EXPECT_THAT(Refusal("resume_token: 'x'"),
              FailsAt(v1::ERROR_REASON_RESUME_TOKEN_INVALID, "resume_token"));
  EXPECT_THAT(Refusal("filter { kinds: 'lob' }"),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "filter.kinds[0]"));
  EXPECT_THAT(Refusal("filter { predicates: 'lob' }"),
              FailsAt(v1::ERROR_REASON_PREDICATE_UNKNOWN, "filter.predicates[0]"));
  EXPECT_THAT(Refusal("filter { entities: 'lab/z' }"),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "filter.entities[0]"));
  EXPECT_THAT(Refusal(absl::StrCat("heartbeat_seconds: ", kHeartbeatSecondsMost + 1)),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "heartbeat_seconds"));
  EXPECT_OK(
      Next(*Watch(absl::StrCat("heartbeat_seconds: ", kHeartbeatSecondsMost))).status());
}

TEST_P(Watches, CancelEndsAWait) {
  const auto stream = Watch("");
  ASSERT_OK(Next(*stream));
  std::thread canceller([&] { stream->Cancel(); });
  EXPECT_EQ(stream->Read().status().code(), absl::StatusCode::kCancelled);
  canceller.join();
}

TEST_P(Watches, AStoppingServerEndsThemAtOnce) {
  const auto reading = Watch("");
  ASSERT_OK(Next(*reading));
  // More than the connection takes without being read.
  for (const char* word : {"u", "v", "x", "y", "z"}) PutLabs(word, 1000, 3000);
  const auto stuck = Watch(absl::StrCat("after_revision: ", kFactsRevision));
  ASSERT_OK(Next(*stuck));
  absl::Status end;
  std::thread reader([&] {
    absl::StatusOr<absl::optional<v1::WatchResponse>> message = reading->Read();
    while (message.ok()) message = reading->Read();
    end = message.status();
  });
  const absl::Time start = absl::Now();
  server().Shutdown(absl::Minutes(5));
  EXPECT_LT(absl::Now() - start, absl::Minutes(1)) << "it waited for them";
  reader.join();
  EXPECT_THAT(end, FailsWith(v1::ERROR_REASON_BUSY));
}

INSTANTIATE_TEST_SUITE_P(Stores, Watches, ::testing::Bool(), [](const auto& info) {
  return info.param ? "Memory" : "RocksDb";
});

}  // namespace
}  // namespace labgraph::conformance
