#ifndef LABGRAPH_SERVER_RPC_VERIFY_STREAM_H_
#define LABGRAPH_SERVER_RPC_VERIFY_STREAM_H_

#include "absl/status/status.h"
#include "grpcpp/support/sync_stream.h"
#include "labgraph/v1/admin_service.pb.h"
#include "server/graph/entity_index.h"
#include "server/graph/view.h"
#include "server/rpc/call.h"

namespace labgraph::rpc {

// The body of AdminService.VerifyStore: verifies the store as of `head` and tells of it
// as it goes. Errors: CANCELLED when the caller is gone or takes no message for
// limits::kDeadlineSeconds; STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status StreamVerification(const graph::Head& head, const graph::EntityIndex* index,
                                const v1::VerifyStoreRequest& request, const Call& call,
                                grpc::ServerWriter<v1::VerifyStoreResponse>* writer);

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_VERIFY_STREAM_H_
