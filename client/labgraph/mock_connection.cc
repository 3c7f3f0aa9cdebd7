#include "labgraph/mock_connection.h"

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

}  // namespace labgraph::client
