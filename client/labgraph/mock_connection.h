#ifndef LABGRAPH_MOCK_CONNECTION_H_
#define LABGRAPH_MOCK_CONNECTION_H_

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "labgraph/connection.h"

namespace labgraph::client {

// A connection for tests of code that uses this library, without server or test
// framework:
//
//   auto connection = std::make_shared<MockConnection>();
//   connection->get_entity = [](const v1::GetEntityRequest& request) {
//     return MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id", "There is none.");
//   };
//
// A call without a handler fails with UNIMPLEMENTED and names it. Handlers get the
// request as the library sends it. Set them before the connection is shared between
// threads; after that it is as thread-safe as they are.
class MockConnection : public Connection {
 public:
  template <typename Request, typename Response>
  using Handler = std::function<absl::StatusOr<Response>(const Request&)>;
  template <typename Request, typename Response>
  using StreamHandler =
      std::function<std::unique_ptr<StreamReader<Response>>(const Request&)>;

  Handler<v1::GetServerInfoRequest, v1::GetServerInfoResponse> get_server_info;
  Handler<v1::GetSchemaRequest, v1::GetSchemaResponse> get_schema;
  Handler<v1::GetEntityRequest, v1::GetEntityResponse> get_entity;
  Handler<v1::BatchGetEntitiesRequest, v1::BatchGetEntitiesResponse> batch_get_entities;
  Handler<v1::SearchEntitiesRequest, v1::SearchEntitiesResponse> search_entities;
  Handler<v1::ListEntitiesRequest, v1::ListEntitiesResponse> list_entities;
  Handler<v1::ListStatementsRequest, v1::ListStatementsResponse> list_statements;
  Handler<v1::ListNeighborsRequest, v1::ListNeighborsResponse> list_neighbors;
  // StreamOf makes what these return.
  StreamHandler<v1::TraverseRequest, v1::TraverseResponse> traverse;
  StreamHandler<v1::FindPathsRequest, v1::FindPathsResponse> find_paths;
  StreamHandler<v1::MatchPatternRequest, v1::MatchPatternResponse> match_pattern;
  Handler<v1::AggregateRequest, v1::AggregateResponse> aggregate;
  Handler<v1::GetHistoryRequest, v1::GetHistoryResponse> get_history;
  Handler<v1::DiffRevisionsRequest, v1::DiffRevisionsResponse> diff_revisions;
  // Its end, where it is no error, ends a client::Watch, which a server never does.
  StreamHandler<v1::WatchRequest, v1::WatchResponse> watch;
  Handler<v1::CommitRequest, v1::CommitResponse> commit;
  // Called for every part of every import; an error ends that import, as on a server.
  Handler<v1::ImportRequest, v1::ImportResponse> import_part;
  Handler<v1::ApplySchemaRequest, v1::ApplySchemaResponse> apply_schema;
  Handler<v1::CreateBackupRequest, v1::CreateBackupResponse> create_backup;
  Handler<v1::ListBackupsRequest, v1::ListBackupsResponse> list_backups;
  Handler<v1::VerifyBackupRequest, v1::VerifyBackupResponse> verify_backup;
  Handler<v1::DeleteBackupRequest, v1::DeleteBackupResponse> delete_backup;
  StreamHandler<v1::VerifyStoreRequest, v1::VerifyStoreResponse> verify_store;
  Handler<v1::CompactHistoryRequest, v1::CompactHistoryResponse> compact_history;
  Handler<v1::EraseRequest, v1::EraseResponse> erase;

  absl::StatusOr<v1::GetServerInfoResponse> GetServerInfo(
      const v1::GetServerInfoRequest& request) override;
  absl::StatusOr<v1::GetSchemaResponse> GetSchema(
      const v1::GetSchemaRequest& request) override;
  absl::StatusOr<v1::GetEntityResponse> GetEntity(
      const v1::GetEntityRequest& request) override;
  absl::StatusOr<v1::BatchGetEntitiesResponse> BatchGetEntities(
      const v1::BatchGetEntitiesRequest& request) override;
  absl::StatusOr<v1::SearchEntitiesResponse> SearchEntities(
      const v1::SearchEntitiesRequest& request) override;
  absl::StatusOr<v1::ListEntitiesResponse> ListEntities(
      const v1::ListEntitiesRequest& request) override;
  absl::StatusOr<v1::ListStatementsResponse> ListStatements(
      const v1::ListStatementsRequest& request) override;
  absl::StatusOr<v1::ListNeighborsResponse> ListNeighbors(
      const v1::ListNeighborsRequest& request) override;
  std::unique_ptr<StreamReader<v1::TraverseResponse>> Traverse(
      const v1::TraverseRequest& request) override;
  std::unique_ptr<StreamReader<v1::FindPathsResponse>> FindPaths(
      const v1::FindPathsRequest& request) override;
  std::unique_ptr<StreamReader<v1::MatchPatternResponse>> MatchPattern(
      const v1::MatchPatternRequest& request) override;
  absl::StatusOr<v1::AggregateResponse> Aggregate(
      const v1::AggregateRequest& request) override;
  absl::StatusOr<v1::GetHistoryResponse> GetHistory(
      const v1::GetHistoryRequest& request) override;
  absl::StatusOr<v1::DiffRevisionsResponse> DiffRevisions(
      const v1::DiffRevisionsRequest& request) override;
  std::unique_ptr<WatchStream> Watch(const v1::WatchRequest& request) override;
  absl::StatusOr<v1::CommitResponse> Commit(const v1::CommitRequest& request) override;
  std::unique_ptr<ImportStream> Import() override;
  absl::StatusOr<v1::ApplySchemaResponse> ApplySchema(
      const v1::ApplySchemaRequest& request) override;
  absl::StatusOr<v1::CreateBackupResponse> CreateBackup(
      const v1::CreateBackupRequest& request) override;
  absl::StatusOr<v1::ListBackupsResponse> ListBackups(
      const v1::ListBackupsRequest& request) override;
  absl::StatusOr<v1::VerifyBackupResponse> VerifyBackup(
      const v1::VerifyBackupRequest& request) override;
  absl::StatusOr<v1::DeleteBackupResponse> DeleteBackup(
      const v1::DeleteBackupRequest& request) override;
  std::unique_ptr<StreamReader<v1::VerifyStoreResponse>> VerifyStore(
      const v1::VerifyStoreRequest& request) override;
  absl::StatusOr<v1::CompactHistoryResponse> CompactHistory(
      const v1::CompactHistoryRequest& request) override;
  absl::StatusOr<v1::EraseResponse> Erase(const v1::EraseRequest& request) override;
};

// A stream of these messages, ended by `end`: OK, or the error to fail with after them.
// As from a server, the last message of a whole answer must carry the summary, or `done`.
template <typename Response>
std::unique_ptr<StreamReader<Response>> StreamOf(std::vector<Response> messages,
                                                 absl::Status end = absl::OkStatus()) {
  class Reader final : public StreamReader<Response> {
   public:
    Reader(std::vector<Response> messages, absl::Status end)
        : messages_(std::move(messages)), end_(std::move(end)) {}

    absl::StatusOr<absl::optional<Response>> Read() override {
      if (next_ < messages_.size()) return absl::make_optional(messages_[next_++]);
      if (!end_.ok()) return end_;
      return absl::optional<Response>();
    }

   private:
    std::vector<Response> messages_;
    absl::Status end_;
    size_t next_ = 0;
  };
  return std::make_unique<Reader>(std::move(messages), std::move(end));
}

}  // namespace labgraph::client

#endif  // LABGRAPH_MOCK_CONNECTION_H_
