#include "labgraph/mock_connection.h"

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

using ::testing::HasSubstr;

TEST(MockConnectionTest, CallWithoutHandlerNamesIt) {
  MockConnection connection;
  const struct {
    absl::Status status;
    const char* handler;
  } cases[] = {
      {connection.GetServerInfo({}).status(), "\"get_server_info\""},
      {connection.GetSchema({}).status(), "\"get_schema\""},
      {connection.GetEntity({}).status(), "\"get_entity\""},
      {connection.BatchGetEntities({}).status(), "\"batch_get_entities\""},
      {connection.SearchEntities({}).status(), "\"search_entities\""},
      {connection.ListEntities({}).status(), "\"list_entities\""},
      {connection.ListStatements({}).status(), "\"list_statements\""},
      {connection.ListNeighbors({}).status(), "\"list_neighbors\""},
      {connection.Traverse({})->Read().status(), "\"traverse\""},
      {connection.FindPaths({})->Read().status(), "\"find_paths\""},
      {connection.MatchPattern({})->Read().status(), "\"match_pattern\""},
      {connection.Aggregate({}).status(), "\"aggregate\""},
      {connection.GetHistory({}).status(), "\"get_history\""},
      {connection.DiffRevisions({}).status(), "\"diff_revisions\""},
      {connection.Watch({})->Read().status(), "\"watch\""},
      {connection.Commit({}).status(), "\"commit\""},
      {connection.ApplySchema({}).status(), "\"apply_schema\""},
      {connection.CreateBackup({}).status(), "\"create_backup\""},
      {connection.ListBackups({}).status(), "\"list_backups\""},
      {connection.VerifyBackup({}).status(), "\"verify_backup\""},
      {connection.DeleteBackup({}).status(), "\"delete_backup\""},
      {connection.VerifyStore({})->Read().status(), "\"verify_store\""},
      {connection.CompactHistory({}).status(), "\"compact_history\""},
      {connection.Erase({}).status(), "\"erase\""},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(c.status, HasCode(absl::StatusCode::kUnimplemented));
    EXPECT_THAT(std::string(c.status.message()), HasSubstr(c.handler));
  }
  const std::unique_ptr<ImportStream> import = connection.Import();
  EXPECT_TRUE(import->Write({}));
  EXPECT_THAT(std::string(import->Read().status().message()),
              HasSubstr("\"import_part\""));
}

TEST(MockConnectionTest, HandlerSeesTheRequestAndAnswers) {
  MockConnection connection;
  connection.get_entity =
      [](const v1::GetEntityRequest& request) -> absl::StatusOr<v1::GetEntityResponse> {
    if (request.id() != "lab/exit") {
      return MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id",
                       "There is no such entity.");
    }
    v1::GetEntityResponse response;
    response.mutable_entity()->set_id(request.id());
    return response;
  };
  v1::GetEntityRequest request;
  request.set_id("lab/exit");
  absl::StatusOr<v1::GetEntityResponse> found = connection.GetEntity(request);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->entity().id(), "lab/exit");
  request.set_id("lab/exti");
  EXPECT_THAT(connection.GetEntity(request),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id"));
}

TEST(MockConnectionTest, EndOfAStreamStays) {
  const auto stream = StreamOf<v1::TraverseResponse>({v1::TraverseResponse()},
                                                     absl::AbortedError("over"));
  EXPECT_THAT(stream->Read(), IsOk());
  EXPECT_THAT(stream->Read(), HasCode(absl::StatusCode::kAborted));
  EXPECT_THAT(stream->Read(), HasCode(absl::StatusCode::kAborted));
}

TEST(MockConnectionTest, ReadThatARealImportWouldWaitForIsAnError) {
  MockConnection connection;
  connection.import_part = [](const v1::ImportRequest&) { return v1::ImportResponse(); };
  const std::unique_ptr<ImportStream> import = connection.Import();
  EXPECT_THAT(import->Read(), HasCode(absl::StatusCode::kFailedPrecondition));
  EXPECT_TRUE(import->Write({}));
  import->WritesDone();
  EXPECT_FALSE(import->Write({}));
  EXPECT_TRUE(import->Read()->has_value());
  EXPECT_FALSE(import->Read()->has_value());
}

}  // namespace
}  // namespace labgraph::client
