#ifndef LABGRAPH_INTERNAL_GRPC_CONNECTION_H_
#define LABGRAPH_INTERNAL_GRPC_CONNECTION_H_

#include <functional>
#include <memory>

#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "labgraph/connect.h"
#include "labgraph/connection.h"
#include "labgraph/internal/retry_loop.h"
#include "labgraph/v1/admin_service.grpc.pb.h"
#include "labgraph/v1/editor_service.grpc.pb.h"
#include "labgraph/v1/graph_service.grpc.pb.h"

namespace labgraph::client::internal {

// The calls over one gRPC channel, with timeout and repetition. Thread-safe.
class GrpcConnection final : public Connection {
 public:
  GrpcConnection(const std::shared_ptr<grpc::Channel>& channel,
                 const ConnectOptions& options);

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

 private:
  using GraphStub = v1::GraphService::Stub;
  using EditorStub = v1::EditorService::Stub;
  using AdminStub = v1::AdminService::Stub;
  template <typename Stub, typename Request, typename Response>
  using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);
  template <typename Stub, typename Request, typename Response>
  using StreamMethod = std::unique_ptr<grpc::ClientReader<Response>> (Stub::*)(
      grpc::ClientContext*, const Request&);

  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(Stub& stub, Method<Stub, Request, Response> method,
                                Idempotency idempotency, const Request& request) const;
  template <typename Stub, typename Request, typename Response>
  std::unique_ptr<StreamReader<Response>> Stream(
      const std::shared_ptr<Stub>& stub, StreamMethod<Stub, Request, Response> method,
      const Request& request) const;

  const ConnectOptions options_;
  const std::shared_ptr<Clock> clock_;
  const std::shared_ptr<grpc::Channel> channel_;
  // Shared with the streams, which may outlive the connection.
  const std::shared_ptr<GraphStub> graph_;
  const std::shared_ptr<AdminStub> admin_;
  const std::unique_ptr<EditorStub> editor_;
};

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_GRPC_CONNECTION_H_
