#ifndef LABGRAPH_TESTS_UNIT_CLIENT_FAKE_SERVER_H_
#define LABGRAPH_TESTS_UNIT_CLIENT_FAKE_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/server.h"
#include "grpcpp/server_context.h"
#include "labgraph/v1/admin_service.grpc.pb.h"
#include "labgraph/v1/editor_service.grpc.pb.h"
#include "labgraph/v1/graph_service.grpc.pb.h"

namespace labgraph::client {

// `status` as a labgraph server puts it on the wire, details and all.
grpc::Status ToGrpc(const absl::Status& status);

// A real gRPC server on a free port whose answers are written by the test. Set the
// handlers before the first call; they run on the server's threads.
class FakeServer {
 public:
  template <typename Request, typename Response>
  using Handler =
      std::function<grpc::Status(grpc::ServerContext&, const Request&, Response*)>;
  template <typename Request, typename Response>
  using StreamHandler = std::function<grpc::Status(grpc::ServerContext&, const Request&,
                                                   grpc::ServerWriter<Response>&)>;

  FakeServer();
  ~FakeServer();

  // Where to connect to. Lets the server's threads see the handlers set so far.
  const std::string& target();
  // Waits for the handlers still running, and refuses connections from here on.
  void Stop();

  Handler<v1::GetEntityRequest, v1::GetEntityResponse> get_entity;
  StreamHandler<v1::TraverseRequest, v1::TraverseResponse> traverse;
  StreamHandler<v1::FindPathsRequest, v1::FindPathsResponse> find_paths;
  StreamHandler<v1::MatchPatternRequest, v1::MatchPatternResponse> match_pattern;
  Handler<v1::AggregateRequest, v1::AggregateResponse> aggregate;
  Handler<v1::GetHistoryRequest, v1::GetHistoryResponse> get_history;
  Handler<v1::DiffRevisionsRequest, v1::DiffRevisionsResponse> diff_revisions;
  StreamHandler<v1::WatchRequest, v1::WatchResponse> watch;
  Handler<v1::CommitRequest, v1::CommitResponse> commit;
  std::function<grpc::Status(
      grpc::ServerReaderWriter<v1::ImportResponse, v1::ImportRequest>&)>
      import;
  Handler<v1::ApplySchemaRequest, v1::ApplySchemaResponse> apply_schema;
  Handler<v1::CreateBackupRequest, v1::CreateBackupResponse> create_backup;
  Handler<v1::ListBackupsRequest, v1::ListBackupsResponse> list_backups;
  Handler<v1::VerifyBackupRequest, v1::VerifyBackupResponse> verify_backup;
  Handler<v1::DeleteBackupRequest, v1::DeleteBackupResponse> delete_backup;
  StreamHandler<v1::VerifyStoreRequest, v1::VerifyStoreResponse> verify_store;
  Handler<v1::CompactHistoryRequest, v1::CompactHistoryResponse> compact_history;
  Handler<v1::EraseRequest, v1::EraseResponse> erase;

 private:
  class GraphService;
  class EditorService;
  class AdminService;

  // Orders the caller after everyone who called it before.
  void Meet();

  absl::Mutex meeting_;
  const std::unique_ptr<GraphService> graph_;
  const std::unique_ptr<EditorService> editor_;
  const std::unique_ptr<AdminService> admin_;
  std::unique_ptr<grpc::Server> server_;
  std::string target_;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_TESTS_UNIT_CLIENT_FAKE_SERVER_H_
