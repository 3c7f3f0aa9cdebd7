#ifndef LABGRAPH_SERVER_RPC_LOOKUP_H_
#define LABGRAPH_SERVER_RPC_LOOKUP_H_

// The reads that fetch single things.

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/graph.h"
#include "server/rpc/call.h"

namespace labgraph::rpc {

// Each fills `response`. Errors: those of the RPC, at fields of the request.
absl::Status GetServerInfo(const graph::Graph& graph, absl::string_view version,
                           v1::GetServerInfoResponse* response);
absl::Status GetSchema(const graph::Graph& graph, const v1::GetSchemaRequest& request,
                       v1::GetSchemaResponse* response);
absl::Status GetEntity(const graph::Graph& graph, const v1::GetEntityRequest& request,
                       v1::GetEntityResponse* response);
absl::Status BatchGetEntities(const graph::Graph& graph,
                              const v1::BatchGetEntitiesRequest& request,
                              const Call& call, v1::BatchGetEntitiesResponse* response);
absl::Status SearchEntities(const graph::Graph& graph,
                            const v1::SearchEntitiesRequest& request,
                            v1::SearchEntitiesResponse* response);

// Graph::Read with errors at "read", and the check that `view` is an EntityView.
absl::StatusOr<std::unique_ptr<graph::View>> OpenView(const graph::Graph& graph,
                                                      const v1::ReadOptions& read,
                                                      graph::ReadFilter::Mode mode);
absl::Status CheckView(v1::EntityView view);

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_LOOKUP_H_
