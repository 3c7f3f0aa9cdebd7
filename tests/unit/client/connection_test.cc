// The connection against a real gRPC server in this process.
#include "labgraph/connection.h"

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/aggregation.h"
#include "labgraph/error.h"
#include "labgraph/match.h"
#include "labgraph/paths.h"
#include "labgraph/traversal.h"
#include "tests/unit/client/connection_fixture.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

const grpc::Status kUnavailable(grpc::StatusCode::UNAVAILABLE, "try again");

v1::GetEntityRequest Entity(const std::string& id) {
  v1::GetEntityRequest request;
  request.set_id(id);
  return request;
}

TEST_F(ConnectionTest, CallGoesThereAndBack) {
  options_.user_agent = "connection-test";
  server_.get_entity = [](grpc::ServerContext& context,
                          const v1::GetEntityRequest& request,
                          v1::GetEntityResponse* response) {
    const grpc::string_ref agent = context.client_metadata().find("user-agent")->second;
    EXPECT_THAT(std::string(agent.data(), agent.size()), HasSubstr("connection-test"));
    response->mutable_entity()->set_id(request.id());
    return grpc::Status::OK;
  };
  absl::StatusOr<v1::GetEntityResponse> response =
      Connected()->GetEntity(Entity("lab/exit"));
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->entity().id(), "lab/exit");
}

TEST_F(ConnectionTest, ReadIsRepeatedUntilItSucceeds) {
  std::atomic<int> attempts = 0;
  server_.get_entity = [&attempts](auto&, auto&, v1::GetEntityResponse* response) {
    const int attempt = ++attempts;
    response->set_revision(attempt);
    return attempt < 3 ? kUnavailable : grpc::Status::OK;
  };
  absl::StatusOr<v1::GetEntityResponse> response =
      Connected()->GetEntity(Entity("lab/exit"));
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->revision(), 3u);
  EXPECT_EQ(attempts, 3);
  EXPECT_THAT(clock_->sleeps(), SizeIs(2));
}

TEST_F(ConnectionTest, LastErrorIsGivenAfterTheLastAttempt) {
  options_.retry.max_attempts = 2;
  std::atomic<int> attempts = 0;
  server_.get_entity = [&attempts](auto&, auto&, auto*) {
    return ToGrpc(
        MakeError(v1::ERROR_REASON_BUSY, "", absl::StrCat("Attempt ", int{++attempts})));
  };
  EXPECT_EQ(Describe(Connected()->GetEntity(Entity("lab/exit")).status()),
            "UNAVAILABLE BUSY: Attempt 2");
  EXPECT_EQ(attempts, 2);
}

TEST_F(ConnectionTest, AnswerOfTheServerIsFinal) {
  std::atomic<int> attempts = 0;
  server_.get_entity = [&attempts](auto&, auto&, auto*) {
    ++attempts;
    return ToGrpc(MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id", "There is none.",
                            {{"nearest", "lab/exit"}}));
  };
  const absl::Status error = Connected()->GetEntity(Entity("lab/exti")).status();
  EXPECT_THAT(error, HasCode(absl::StatusCode::kNotFound));
  EXPECT_THAT(error, FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id"));
  EXPECT_EQ(DetailsOf(error).metadata.at("nearest"), "lab/exit");
  EXPECT_EQ(attempts, 1);
}

TEST_F(ConnectionTest, TimeoutIsTheDeadlineOfTheCall) {
  options_.timeout = absl::Milliseconds(50);
  absl::Notification answered;
  server_.get_entity = [&answered](auto&, auto&, auto*) {
    answered.WaitForNotification();
    return grpc::Status::OK;
  };
  EXPECT_THAT(Connected()->GetEntity(Entity("lab/exit")),
              HasCode(absl::StatusCode::kDeadlineExceeded));
  answered.Notify();
  server_.Stop();  // waits for the handler, which still uses `answered`
}

TEST_F(ConnectionTest, AttemptsShareOneTimeout) {
  options_.timeout = absl::Seconds(1000);
  options_.retry = {.max_attempts = 2,
                    .initial_backoff = absl::Seconds(500),
                    .max_backoff = absl::Seconds(500)};
  Log<absl::Duration> left;
  server_.get_entity = [&left](grpc::ServerContext& context, auto&, auto*) {
    left.Add(absl::FromChrono(context.deadline()) - absl::Now());
    return kUnavailable;
  };
  EXPECT_THAT(Connected()->GetEntity(Entity("lab/exit")),
              HasCode(absl::StatusCode::kUnavailable));
  ASSERT_THAT(left.entries(), SizeIs(2));
  EXPECT_GT(left.entries()[0], absl::Seconds(900));
  EXPECT_LE(left.entries()[1], absl::Seconds(751));
}

TEST_F(ConnectionTest, ServerThatIsNotThereIsUnavailable) {
  server_.Stop();
  EXPECT_THAT(Connected()->GetEntity(Entity("lab/exit")),
              HasCode(absl::StatusCode::kUnavailable));
  EXPECT_THAT(clock_->sleeps(), SizeIs(options_.retry.max_attempts - 1));
}

TEST_F(ConnectionTest, MayWaitForAServerUntilTheTimeout) {
  server_.Stop();
  options_.wait_for_ready = true;
  options_.timeout = absl::Milliseconds(50);
  EXPECT_THAT(Connected()->GetEntity(Entity("lab/exit")),
              HasCode(absl::StatusCode::kDeadlineExceeded));
}

TEST_F(ConnectionTest, LargeAnswersPassUpToTheLimit) {
  options_.max_message_bytes = 6 << 20;
  std::atomic<size_t> bytes = 0;
  server_.get_entity = [&bytes](auto&, auto&, v1::GetEntityResponse* response) {
    response->mutable_entity()->set_visibility(std::string(bytes, 'x'));
    return grpc::Status::OK;
  };
  const std::shared_ptr<Connection> connection = Connected();
  bytes = 5 << 20;
  EXPECT_THAT(connection->GetEntity(Entity("lab/exit")), IsOk());
  bytes = 7 << 20;
  EXPECT_THAT(connection->GetEntity(Entity("lab/exit")),
              HasCode(absl::StatusCode::kResourceExhausted));
}

class CommitRetryTest : public ConnectionTest {
 protected:
  // The request ids of the attempts on `request`, all but the third of which fail.
  std::vector<std::string> Attempts(const v1::CommitRequest& request,
                                    const grpc::Status& failure = kUnavailable) {
    Log<std::string> ids;
    server_.commit = [&](auto&, const v1::CommitRequest& received, auto*) {
      return ids.Add(received.request_id()) < 3 ? failure : grpc::Status::OK;
    };
    Connected()->Commit(request).IgnoreError();
    return ids.entries();
  }
};

TEST_F(CommitRetryTest, RepetitionIsKnownByAnIdDrawnBeforeTheFirstAttempt) {
  const std::vector<std::string> ids = Attempts({});
  ASSERT_THAT(ids, SizeIs(3));
  EXPECT_THAT(ids[0], MatchesRegex("[0-9a-f]{32}"));
  EXPECT_EQ(ids[1], ids[0]);
  EXPECT_EQ(ids[2], ids[0]);
  EXPECT_NE(Attempts({})[0], ids[0]);
}

TEST_F(CommitRetryTest, IdOfTheCallerIsKept) {
  v1::CommitRequest request;
  request.set_request_id("mine");
  EXPECT_THAT(Attempts(request), ElementsAre("mine", "mine", "mine"));
}

TEST_F(CommitRetryTest, BreakOfTransportIsLeftToTheCaller) {
  EXPECT_THAT(Attempts({}, grpc::Status(grpc::StatusCode::INTERNAL, "reset")), SizeIs(1));
}

TEST_F(CommitRetryTest, ValidationIsARead) {
  v1::CommitRequest request;
  request.set_validate_only(true);
  EXPECT_THAT(Attempts(request, grpc::Status(grpc::StatusCode::INTERNAL, "reset")),
              ElementsAre("", "", ""));
}

TEST_F(ConnectionTest, SchemaIsAppliedOnce) {
  std::atomic<int> attempts = 0;
  server_.apply_schema = [&attempts](auto&, auto&, auto*) {
    ++attempts;
    return kUnavailable;
  };
  v1::ApplySchemaRequest request;
  EXPECT_THAT(Connected()->ApplySchema(request), HasCode(absl::StatusCode::kUnavailable));
  EXPECT_EQ(attempts, 1);
  request.set_validate_only(true);
  EXPECT_THAT(Connected()->ApplySchema(request), HasCode(absl::StatusCode::kUnavailable));
  EXPECT_EQ(attempts, 1 + options_.retry.max_attempts);
}

using HitWriter = grpc::ServerWriter<v1::TraverseResponse>;

void WriteHit(const std::string& id, HitWriter& writer) {
  v1::TraverseResponse message;
  message.add_hits()->mutable_entity()->set_id(id);
  writer.Write(message);
}

void WriteSummary(HitWriter& writer) {
  v1::TraverseResponse message;
  message.mutable_summary()->set_hits(2);
  writer.Write(message);
}

TEST_F(ConnectionTest, StreamIsReadToItsSummary) {
  server_.traverse = [](auto&, const v1::TraverseRequest& request, HitWriter& writer) {
    EXPECT_EQ(request.steps(0).predicates(0), "merged_into");
    WriteHit("lab/a", writer);
    WriteHit("lab/b", writer);
    WriteSummary(writer);
    return grpc::Status::OK;
  };
  TraversalRange range = From("lab/exit").Out("merged_into").Run(Connected());
  std::vector<std::string> ids;
  for (auto& hit : range) {
    ASSERT_THAT(hit, IsOk());
    ids.push_back(hit->entity().id());
  }
  EXPECT_THAT(ids, ElementsAre("lab/a", "lab/b"));
  EXPECT_EQ(range.Finish()->hits(), 2u);
}

TEST_F(ConnectionTest, StreamThatGaveNothingIsOpenedAgain) {
  std::atomic<int> attempts = 0;
  server_.traverse = [&attempts](auto&, auto&, HitWriter& writer) {
    if (++attempts < 3) return kUnavailable;
    WriteHit("lab/a", writer);
    WriteSummary(writer);
    return grpc::Status::OK;
  };
  absl::StatusOr<std::vector<v1::TraverseHit>> hits =
      From("lab/exit").Run(Connected()).Collect();
  ASSERT_THAT(hits, IsOk());
  EXPECT_THAT(*hits, SizeIs(1));
  EXPECT_EQ(attempts, 3);
}

TEST_F(ConnectionTest, StreamThatBreaksAfterAMessageStaysBroken) {
  std::atomic<int> attempts = 0;
  server_.traverse = [&attempts](auto&, auto&, HitWriter& writer) {
    ++attempts;
    WriteHit("lab/a", writer);
    return kUnavailable;
  };
  v1::TraverseRequest request;
  const auto stream = Connected()->Traverse(request);
  EXPECT_THAT(stream->Read(), IsOk());
  EXPECT_THAT(stream->Read(), HasCode(absl::StatusCode::kUnavailable));
  EXPECT_THAT(stream->Read(), HasCode(absl::StatusCode::kUnavailable));
  EXPECT_EQ(attempts, 1);
}

TEST_F(ConnectionTest, RefusedStreamGivesTheReason) {
  server_.find_paths = [](auto&, auto&, auto&) {
    return ToGrpc(
        MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "to[0]", "There is none."));
  };
  EXPECT_THAT(PathsBetween("lab/exit", "lab/exti").Run(Connected()).Collect(),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "to[0]"));
}

using RowWriter = grpc::ServerWriter<v1::MatchPatternResponse>;

TEST_F(ConnectionTest, MatchIsReadToItsSummaryAndRepeatedAsReadsAre) {
  std::atomic<int> attempts = 0;
  server_.match_pattern = [&attempts](auto&, const v1::MatchPatternRequest& request,
                                      RowWriter& writer) {
    if (++attempts < 3) return kUnavailable;
    v1::MatchPatternResponse message;
    message.add_rows()->add_entities()->set_id(request.variables(0).ids(0));
    writer.Write(message);
    message.Clear();
    message.mutable_summary()->set_rows(1);
    writer.Write(message);
    return grpc::Status::OK;
  };
  MatchRange range = Match(Pattern("lab").Ids("lab/exit")).Run(Connected());
  absl::optional<absl::StatusOr<v1::PatternRow>> row = range.Next();
  ASSERT_TRUE(row.has_value());
  ASSERT_THAT(*row, IsOk());
  EXPECT_EQ((*row)->entities(0).id(), "lab/exit");
  EXPECT_EQ(range.Finish()->rows(), 1u);
  EXPECT_EQ(attempts, 3);
}

TEST_F(ConnectionTest, RefusedMatchGivesReasonAndField) {
  server_.match_pattern = [](auto&, auto&, auto&) {
    return ToGrpc(MakeError(v1::ERROR_REASON_KIND_UNKNOWN, "variables[0].kinds[0]",
                            "There is none."));
  };
  EXPECT_THAT(Match(Pattern("lab").Kinds("lap")).Run(Connected()).Collect(),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "variables[0].kinds[0]"));
}

TEST_F(ConnectionTest, CountIsRepeatedAsReadsAre) {
  std::atomic<int> attempts = 0;
  server_.aggregate = [&attempts](auto&, const v1::AggregateRequest& request,
                                  v1::AggregateResponse* response) {
    response->add_groups()->add_keys(request.statements().subject());
    return ++attempts < 3 ? grpc::Status(grpc::StatusCode::INTERNAL, "reset")
                          : grpc::Status::OK;
  };
  absl::StatusOr<v1::AggregateResponse> answer =
      CountStatements().Subject("lab/exit").Run(*Connected());
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->groups(0).keys(0), "lab/exit");
  EXPECT_EQ(attempts, 3);
}

TEST_F(ConnectionTest, LeavingARangeCancelsTheCall) {
  absl::Notification cancelled;
  server_.traverse = [&cancelled](grpc::ServerContext&, auto&, HitWriter& writer) {
    v1::TraverseResponse message;
    message.add_hits()->mutable_entity()->set_id("lab/a");
    while (writer.Write(message)) {
    }
    cancelled.Notify();
    return grpc::Status::CANCELLED;
  };
  {
    TraversalRange range = From("lab/exit").Run(Connected());
    for (auto& hit : range) {
      ASSERT_THAT(hit, IsOk());
      break;
    }
  }
  cancelled.WaitForNotification();
  server_.Stop();
}

}  // namespace
}  // namespace labgraph::client
