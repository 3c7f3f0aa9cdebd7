#ifndef LABGRAPH_SERVER_RPC_GRAPH_SERVICE_H_
#define LABGRAPH_SERVER_RPC_GRAPH_SERVICE_H_

#include <string>

#include "labgraph/v1/graph_service.grpc.pb.h"
#include "server/adjacency/cache.h"
#include "server/graph/graph.h"
#include "server/watch/hub.h"

namespace labgraph::rpc {

// The calls that take microseconds run where gRPC takes them in, on its few threads, and
// watches, which mostly wait, hold none; all others hold a thread of their own
// (docs/adr/0001-synchronous-grpc.md).
using MixedGraphService = v1::GraphService::WithCallbackMethod_GetEntity<
    v1::GraphService::WithCallbackMethod_ListNeighbors<
        v1::GraphService::WithCallbackMethod_Watch<v1::GraphService::Service>>>;

// labgraph.v1.GraphService over a graph. Thread-safe.
class GraphService final : public MixedGraphService {
 public:
  // `graph`, `cache` (may be null) and `hub`, which is of that graph, must outlive the
  // service. `version` is what GetServerInfo tells.
  GraphService(const graph::Graph* graph, adjacency::Cache* cache, watch::Hub* hub,
               std::string version)
      : graph_(graph), cache_(cache), hub_(hub), version_(std::move(version)) {}

  grpc::Status GetServerInfo(grpc::ServerContext* context,
                             const v1::GetServerInfoRequest* request,
                             v1::GetServerInfoResponse* response) override;
  grpc::Status GetSchema(grpc::ServerContext* context,
                         const v1::GetSchemaRequest* request,
                         v1::GetSchemaResponse* response) override;
  grpc::ServerUnaryReactor* GetEntity(grpc::CallbackServerContext* context,
                                      const v1::GetEntityRequest* request,
                                      v1::GetEntityResponse* response) override;
  grpc::Status BatchGetEntities(grpc::ServerContext* context,
                                const v1::BatchGetEntitiesRequest* request,
                                v1::BatchGetEntitiesResponse* response) override;
  grpc::Status ListEntities(grpc::ServerContext* context,
                            const v1::ListEntitiesRequest* request,
                            v1::ListEntitiesResponse* response) override;
  grpc::Status SearchEntities(grpc::ServerContext* context,
                              const v1::SearchEntitiesRequest* request,
                              v1::SearchEntitiesResponse* response) override;
  grpc::Status ListStatements(grpc::ServerContext* context,
                              const v1::ListStatementsRequest* request,
                              v1::ListStatementsResponse* response) override;
  grpc::ServerUnaryReactor* ListNeighbors(grpc::CallbackServerContext* context,
                                          const v1::ListNeighborsRequest* request,
                                          v1::ListNeighborsResponse* response) override;
  grpc::Status Traverse(grpc::ServerContext* context, const v1::TraverseRequest* request,
                        grpc::ServerWriter<v1::TraverseResponse>* writer) override;
  grpc::Status FindPaths(grpc::ServerContext* context,
                         const v1::FindPathsRequest* request,
                         grpc::ServerWriter<v1::FindPathsResponse>* writer) override;
  grpc::Status MatchPattern(
      grpc::ServerContext* context, const v1::MatchPatternRequest* request,
      grpc::ServerWriter<v1::MatchPatternResponse>* writer) override;
  grpc::Status GetHistory(grpc::ServerContext* context,
                          const v1::GetHistoryRequest* request,
                          v1::GetHistoryResponse* response) override;
  grpc::Status DiffRevisions(grpc::ServerContext* context,
                             const v1::DiffRevisionsRequest* request,
                             v1::DiffRevisionsResponse* response) override;
  grpc::Status Aggregate(grpc::ServerContext* context,
                         const v1::AggregateRequest* request,
                         v1::AggregateResponse* response) override;
  // See WatchCall.
  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(
      grpc::CallbackServerContext* context, const v1::WatchRequest* request) override;

 private:
  const graph::Graph* const graph_;
  adjacency::Cache* const cache_;
  watch::Hub* const hub_;
  const std::string version_;
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_GRAPH_SERVICE_H_
