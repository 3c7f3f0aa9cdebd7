#ifndef LABGRAPH_SERVER_RPC_WALKS_H_
#define LABGRAPH_SERVER_RPC_WALKS_H_

// The streaming reads.

#include "absl/status/status.h"
#include "grpcpp/support/sync_stream.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/adjacency/cache.h"
#include "server/graph/graph.h"
#include "server/rpc/call.h"

namespace labgraph::rpc {

// Each writes its answer to `writer`, rows batched, the summary in the last message.
// `cache` may be null. Errors: those of the RPC, at fields of the request.
absl::Status Traverse(const graph::Graph& graph, adjacency::Cache* cache,
                      const v1::TraverseRequest& request, const Call& call,
                      grpc::ServerWriter<v1::TraverseResponse>* writer);
absl::Status FindPaths(const graph::Graph& graph, adjacency::Cache* cache,
                       const v1::FindPathsRequest& request, const Call& call,
                       grpc::ServerWriter<v1::FindPathsResponse>* writer);

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_WALKS_H_
