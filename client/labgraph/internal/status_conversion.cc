#include "labgraph/internal/status_conversion.h"

#include "absl/strings/cord.h"
#include "google/rpc/status.pb.h"

namespace labgraph::client::internal {

absl::Status FromGrpc(const grpc::Status& status) {
  // Both number their codes as google.rpc.Code does.
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
  google::rpc::Status details;
  if (status.ok() || !details.ParseFromString(status.error_details())) return result;
  for (const google::protobuf::Any& detail : details.details()) {
    result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return result;
}

}  // namespace labgraph::client::internal
