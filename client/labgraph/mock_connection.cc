#include "labgraph/mock_connection.h"

#include <atomic>
#include <deque>

#include "absl/strings/str_cat.h"

namespace labgraph::client {
namespace {

absl::Status Unset(const char* handler) {
  return absl::UnimplementedError(
      absl::StrCat("MockConnection has no handler \"", handler, "\" for this call."));
}

template <typename Request, typename Response>
absl::StatusOr<Response> Handle(const MockConnection::Handler<Request, Response>& handler,
                                const char* name, const Request& request) {
  if (!handler) return Unset(name);
  return handler(request);
}

template <typename Request, typename Response>
std::unique_ptr<StreamReader<Response>> HandleStream(
    const MockConnection::StreamHandler<Request, Response>& handler, const char* name,
    const Request& request) {
  if (!handler) return StreamOf<Response>({}, Unset(name));
  return handler(request);
}

// Commits parts as the handler says, at once.
class MockImportStream final : public ImportStream {
 public:
  using Handler = MockConnection::Handler<v1::ImportRequest, v1::ImportResponse>;

  explicit MockImportStream(Handler handler) : handler_(std::move(handler)) {}

  bool Write(const v1::ImportRequest& part) override {
    if (done_ || !end_.ok()) return false;
    absl::StatusOr<v1::ImportResponse> response = Handle(handler_, "import_part", part);
    if (response.ok()) {
      due_.push_back(*std::move(response));
    } else {
      end_ = response.status();
    }
    return true;
  }

  void WritesDone() override { done_ = true; }

  absl::StatusOr<absl::optional<v1::ImportResponse>> Read() override {
    if (due_.empty()) {
      if (!end_.ok()) return end_;
      if (done_) return absl::optional<v1::ImportResponse>();
      return absl::FailedPreconditionError(
          "This Read would wait for ever: every part was answered and more may follow.");
    }
    v1::ImportResponse response = std::move(due_.front());
    due_.pop_front();
    return absl::make_optional(std::move(response));
  }

 private:
  const Handler handler_;
  std::deque<v1::ImportResponse> due_;
  absl::Status end_;
  bool done_ = false;
};

// The handler's messages, as long as nobody cancels.
class MockWatchStream final : public WatchStream {
 public:
  explicit MockWatchStream(std::unique_ptr<StreamReader<v1::WatchResponse>> messages)
      : messages_(std::move(messages)) {}

  absl::StatusOr<absl::optional<v1::WatchResponse>> Read() override {
    if (cancelled_) return absl::CancelledError("The watch was cancelled.");
    return messages_->Read();
  }
  void Cancel() override { cancelled_ = true; }

 private:
  const std::unique_ptr<StreamReader<v1::WatchResponse>> messages_;
  std::atomic<bool> cancelled_ = false;
};

}  // namespace

absl::StatusOr<v1::GetServerInfoResponse> MockConnection::GetServerInfo(
    const v1::GetServerInfoRequest& request) {
  return Handle(get_server_info, "get_server_info", request);
}

absl::StatusOr<v1::GetSchemaResponse> MockConnection::GetSchema(
    const v1::GetSchemaRequest& request) {
  return Handle(get_schema, "get_schema", request);
}

absl::StatusOr<v1::GetEntityResponse> MockConnection::GetEntity(
    const v1::GetEntityRequest& request) {
  return Handle(get_entity, "get_entity", request);
}

absl::StatusOr<v1::BatchGetEntitiesResponse> MockConnection::BatchGetEntities(
    const v1::BatchGetEntitiesRequest& request) {
  return Handle(batch_get_entities, "batch_get_entities", request);
}

absl::StatusOr<v1::SearchEntitiesResponse> MockConnection::SearchEntities(
    const v1::SearchEntitiesRequest& request) {
  return Handle(search_entities, "search_entities", request);
}

absl::StatusOr<v1::ListEntitiesResponse> MockConnection::ListEntities(
    const v1::ListEntitiesRequest& request) {
  return Handle(list_entities, "list_entities", request);
}

absl::StatusOr<v1::ListStatementsResponse> MockConnection::ListStatements(
    const v1::ListStatementsRequest& request) {
  return Handle(list_statements, "list_statements", request);
}

absl::StatusOr<v1::ListNeighborsResponse> MockConnection::ListNeighbors(
    const v1::ListNeighborsRequest& request) {
  return Handle(list_neighbors, "list_neighbors", request);
}

std::unique_ptr<StreamReader<v1::TraverseResponse>> MockConnection::Traverse(
    const v1::TraverseRequest& request) {
  return HandleStream(traverse, "traverse", request);
}

std::unique_ptr<StreamReader<v1::FindPathsResponse>> MockConnection::FindPaths(
    const v1::FindPathsRequest& request) {
  return HandleStream(find_paths, "find_paths", request);
}

std::unique_ptr<StreamReader<v1::MatchPatternResponse>> MockConnection::MatchPattern(
    const v1::MatchPatternRequest& request) {
  return HandleStream(match_pattern, "match_pattern", request);
}

absl::StatusOr<v1::AggregateResponse> MockConnection::Aggregate(
    const v1::AggregateRequest& request) {
  return Handle(aggregate, "aggregate", request);
}

absl::StatusOr<v1::GetHistoryResponse> MockConnection::GetHistory(
    const v1::GetHistoryRequest& request) {
  return Handle(get_history, "get_history", request);
}

absl::StatusOr<v1::DiffRevisionsResponse> MockConnection::DiffRevisions(
    const v1::DiffRevisionsRequest& request) {
  return Handle(diff_revisions, "diff_revisions", request);
}

std::unique_ptr<WatchStream> MockConnection::Watch(const v1::WatchRequest& request) {
  return std::make_unique<MockWatchStream>(HandleStream(watch, "watch", request));
}

absl::StatusOr<v1::CommitResponse> MockConnection::Commit(
    const v1::CommitRequest& request) {
  return Handle(commit, "commit", request);
}

std::unique_ptr<ImportStream> MockConnection::Import() {
  return std::make_unique<MockImportStream>(import_part);
}

absl::StatusOr<v1::ApplySchemaResponse> MockConnection::ApplySchema(
    const v1::ApplySchemaRequest& request) {
  return Handle(apply_schema, "apply_schema", request);
}

absl::StatusOr<v1::CreateBackupResponse> MockConnection::CreateBackup(
    const v1::CreateBackupRequest& request) {
  return Handle(create_backup, "create_backup", request);
}

absl::StatusOr<v1::ListBackupsResponse> MockConnection::ListBackups(
    const v1::ListBackupsRequest& request) {
  return Handle(list_backups, "list_backups", request);
}

absl::StatusOr<v1::VerifyBackupResponse> MockConnection::VerifyBackup(
    const v1::VerifyBackupRequest& request) {
  return Handle(verify_backup, "verify_backup", request);
}

absl::StatusOr<v1::DeleteBackupResponse> MockConnection::DeleteBackup(
    const v1::DeleteBackupRequest& request) {
  return Handle(delete_backup, "delete_backup", request);
}

std::unique_ptr<StreamReader<v1::VerifyStoreResponse>> MockConnection::VerifyStore(
    const v1::VerifyStoreRequest& request) {
  return HandleStream(verify_store, "verify_store", request);
}

absl::StatusOr<v1::CompactHistoryResponse> MockConnection::CompactHistory(
    const v1::CompactHistoryRequest& request) {
  return Handle(compact_history, "compact_history", request);
}

absl::StatusOr<v1::EraseResponse> MockConnection::Erase(const v1::EraseRequest& request) {
  return Handle(erase, "erase", request);
}

}  // namespace labgraph::client
