// The calls for history and for operators against a real gRPC server in this process:
// what goes there and back, and what is repeated.

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/connection.h"
#include "labgraph/error.h"
#include "tests/unit/client/connection_fixture.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

const grpc::Status kUnavailable(grpc::StatusCode::UNAVAILABLE, "try again");
const grpc::Status kBreak(grpc::StatusCode::INTERNAL, "reset");

class AdminCallsTest : public ConnectionTest {
 protected:
  // How often `call` is attempted when every attempt fails with `failure` in `handler`.
  template <typename Request, typename Response>
  int Attempts(FakeServer::Handler<Request, Response>& handler,
               absl::StatusOr<Response> (Connection::*call)(const Request&),
               const grpc::Status& failure) {
    std::atomic<int> attempts = 0;
    handler = [&attempts, &failure](auto&, auto&, auto*) {
      ++attempts;
      return failure;
    };
    EXPECT_FALSE(((*Connected()).*call)(Request()).ok());
    return attempts;
  }

  const int kAll = ConnectOptions().retry.max_attempts;
};

TEST_F(AdminCallsTest, ReadsAreRepeatedAfterEveryBreak) {
  for (const grpc::Status& failure : {kUnavailable, kBreak}) {
    EXPECT_EQ(Attempts(server_.get_history, &Connection::GetHistory, failure), kAll);
    EXPECT_EQ(Attempts(server_.diff_revisions, &Connection::DiffRevisions, failure),
              kAll);
    EXPECT_EQ(Attempts(server_.list_backups, &Connection::ListBackups, failure), kAll);
    EXPECT_EQ(Attempts(server_.verify_backup, &Connection::VerifyBackup, failure), kAll);
  }
}

TEST_F(AdminCallsTest, WhatConvergesIsRepeatedWhereTheServerDidNothing) {
  EXPECT_EQ(Attempts(server_.compact_history, &Connection::CompactHistory, kUnavailable),
            kAll);
  EXPECT_EQ(Attempts(server_.erase, &Connection::Erase, kUnavailable), kAll);
  EXPECT_EQ(Attempts(server_.compact_history, &Connection::CompactHistory, kBreak), 1);
  EXPECT_EQ(Attempts(server_.erase, &Connection::Erase, kBreak), 1);
}

// A repetition would not find what the first attempt deleted, and fail.
TEST_F(AdminCallsTest, ABackupIsMadeAndDeletedOnce) {
  EXPECT_EQ(Attempts(server_.delete_backup, &Connection::DeleteBackup, kUnavailable), 1);
  EXPECT_EQ(Attempts(server_.create_backup, &Connection::CreateBackup, kUnavailable), 1);
}

TEST_F(AdminCallsTest, AnswersComeBack) {
  server_.create_backup = [](auto&, auto&, v1::CreateBackupResponse* response) {
    response->mutable_backup()->set_id(4);
    return grpc::Status::OK;
  };
  server_.erase = [](auto&, const v1::EraseRequest& request,
                     v1::EraseResponse* response) {
    if (!request.cascade()) {
      return ToGrpc(MakeError(v1::ERROR_REASON_ENTITY_IN_USE, "entity", "In use."));
    }
    response->set_records(3);
    return grpc::Status::OK;
  };
  const std::shared_ptr<Connection> connection = Connected();
  EXPECT_EQ(connection->CreateBackup({})->backup().id(), 4u);
  v1::EraseRequest request;
  EXPECT_THAT(connection->Erase(request),
              FailsAt(v1::ERROR_REASON_ENTITY_IN_USE, "entity"));
  request.set_cascade(true);
  EXPECT_EQ(connection->Erase(request)->records(), 3u);
}

TEST_F(AdminCallsTest, VerificationIsReadAsItGoesAndRepeatedBeforeItBegan) {
  std::atomic<int> attempts = 0;
  server_.verify_store = [&attempts](
                             auto&, const v1::VerifyStoreRequest& request,
                             grpc::ServerWriter<v1::VerifyStoreResponse>& writer) {
    EXPECT_EQ(request.limit(), 5u);
    if (++attempts < 3) return kUnavailable;
    v1::VerifyStoreResponse message;
    message.set_check("rows");
    writer.Write(message);
    message.set_done(true);
    writer.Write(message);
    return grpc::Status::OK;
  };
  v1::VerifyStoreRequest request;
  request.set_limit(5);
  const auto stream = Connected()->VerifyStore(request);
  auto message = stream->Read();
  ASSERT_THAT(message, IsOk());
  EXPECT_EQ((*message)->check(), "rows");
  EXPECT_FALSE((*message)->done());
  EXPECT_TRUE((*stream->Read())->done());
  EXPECT_FALSE(stream->Read()->has_value());
  EXPECT_EQ(attempts, 3);
}

}  // namespace
}  // namespace labgraph::client
