#ifndef LABGRAPH_SERVER_RPC_EDITOR_SERVICE_H_
#define LABGRAPH_SERVER_RPC_EDITOR_SERVICE_H_

#include "labgraph/v1/editor_service.grpc.pb.h"
#include "server/graph/graph.h"

namespace labgraph::rpc {

// labgraph.v1.EditorService over a graph. Thread-safe.
class EditorService final : public v1::EditorService::Service {
 public:
  // `graph` must outlive the service.
  explicit EditorService(graph::Graph* graph) : graph_(graph) {}

  grpc::Status Commit(grpc::ServerContext* context, const v1::CommitRequest* request,
                      v1::CommitResponse* response) override;
  grpc::Status Import(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ImportResponse, v1::ImportRequest>* stream) override;
  grpc::Status ApplySchema(grpc::ServerContext* context,
                           const v1::ApplySchemaRequest* request,
                           v1::ApplySchemaResponse* response) override;

 private:
  graph::Graph* const graph_;
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_EDITOR_SERVICE_H_
