#ifndef LABGRAPH_SERVER_RPC_GRPC_STATUS_H_
#define LABGRAPH_SERVER_RPC_GRPC_STATUS_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace labgraph::rpc {

// The one place where a domain error becomes what travels: code, message, and the details
// ErrorInfo, BadRequest, PreconditionFailure and ResourceInfo in a google.rpc.Status, at
// most kErrorDetailBytes. An error that has no reason of ours is a bug and becomes
// INTERNAL.
grpc::Status ToGrpc(const absl::Status& status);

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_GRPC_STATUS_H_
