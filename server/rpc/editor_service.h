#ifndef LABGRAPH_SERVER_RPC_EDITOR_SERVICE_H_
#define LABGRAPH_SERVER_RPC_EDITOR_SERVICE_H_

#include <atomic>

#include "absl/time/time.h"
#include "labgraph/v1/editor_service.grpc.pb.h"
#include "server/graph/graph.h"
#include "server/rpc/import_call.h"

namespace labgraph::rpc {

// labgraph.v1.EditorService over a graph. Thread-safe.
class EditorService final
    : public v1::EditorService::WithCallbackMethod_Commit<
          v1::EditorService::WithRawCallbackMethod_Import<v1::EditorService::Service>> {
 public:
  // `graph` must outlive the service.
  explicit EditorService(graph::Graph* graph,
                         absl::Duration import_idle = ImportCall::kIdle)
      : graph_(graph), import_idle_(import_idle) {}

  // Waits in the queue of commits without a thread.
  grpc::ServerUnaryReactor* Commit(grpc::CallbackServerContext* context,
                                   const v1::CommitRequest* request,
                                   v1::CommitResponse* response) override;
  // See ImportCall. Each holds a thread and what it has read ahead, and they take turns
  // in writing, so that more than limits::kImports at once would not be faster: BUSY.
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* Import(
      grpc::CallbackServerContext* context) override;
  grpc::Status ApplySchema(grpc::ServerContext* context,
                           const v1::ApplySchemaRequest* request,
                           v1::ApplySchemaResponse* response) override;

 private:
  graph::Graph* const graph_;
  const absl::Duration import_idle_;
  std::atomic<uint64_t> imports_ = 0;  // running
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_EDITOR_SERVICE_H_
