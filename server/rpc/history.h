#ifndef LABGRAPH_SERVER_RPC_HISTORY_H_
#define LABGRAPH_SERVER_RPC_HISTORY_H_

#include "absl/status/status.h"
#include "labgraph/v1/history.pb.h"
#include "server/graph/graph.h"

namespace labgraph::rpc {

// The bodies of the methods of GraphService with these names that answer with a page.
absl::Status GetHistory(const graph::Graph& graph, const v1::GetHistoryRequest& request,
                        v1::GetHistoryResponse* response);
absl::Status DiffRevisions(const graph::Graph& graph,
                           const v1::DiffRevisionsRequest& request,
                           v1::DiffRevisionsResponse* response);

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_HISTORY_H_
