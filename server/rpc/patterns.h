#ifndef LABGRAPH_SERVER_RPC_PATTERNS_H_
#define LABGRAPH_SERVER_RPC_PATTERNS_H_

// The reads of patterns.

#include "absl/status/status.h"
#include "grpcpp/support/sync_stream.h"
#include "labgraph/v1/pattern.pb.h"
#include "server/adjacency/cache.h"
#include "server/graph/graph.h"
#include "server/rpc/call.h"

namespace labgraph::rpc {

// Writes its answer to `writer`, rows batched, the summary in the last message. `cache`
// may be null. Errors: those of the RPC, at fields of the request.
absl::Status MatchPattern(const graph::Graph& graph, adjacency::Cache* cache,
                          const v1::MatchPatternRequest& request, const Call& call,
                          grpc::ServerWriter<v1::MatchPatternResponse>* writer);

// Fills `response`. Errors as above.
absl::Status Aggregate(const graph::Graph& graph, adjacency::Cache* cache,
                       const v1::AggregateRequest& request, const Call& call,
                       v1::AggregateResponse* response);

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_PATTERNS_H_
