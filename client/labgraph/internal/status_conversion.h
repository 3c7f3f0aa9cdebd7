#ifndef LABGRAPH_INTERNAL_STATUS_CONVERSION_H_
#define LABGRAPH_INTERNAL_STATUS_CONVERSION_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace labgraph::client::internal {

// The same error, with the google.rpc details that came with it as payloads under their
// type's address. Details that cannot be read are left out.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_STATUS_CONVERSION_H_
