#include "server/rpc/grpc_status.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/log.h"

namespace labgraph::rpc {
namespace {

// Adds the detail of one type, if the status carries it and there is room.
template <typename Detail>
void AddDetail(const absl::Status& status, google::rpc::Status* out) {
  const std::string type_url =
      absl::StrCat("type.googleapis.com/", Detail::descriptor()->full_name());
  const absl::optional<absl::Cord> payload = status.GetPayload(type_url);
  if (!payload.has_value()) return;
  if (out->ByteSizeLong() + payload->size() + type_url.size() >
      limits::kErrorDetailBytes) {
    return;
  }
  google::protobuf::Any* any = out->add_details();
  any->set_type_url(type_url);
  any->set_value(std::string(*payload));
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  if (ReasonOf(status) == v1::ERROR_REASON_UNSPECIFIED) {
    Log(LogLevel::kError, absl::StrCat("an error without a reason: ", status.ToString()));
    return ToGrpc(
        errors::Internal("Something went wrong that should not; see the server's log."));
  }
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(std::string(status.message()));
  // In order of use to the caller, should there be room for some only.
  AddDetail<google::rpc::ErrorInfo>(status, &details);
  AddDetail<google::rpc::BadRequest>(status, &details);
  AddDetail<google::rpc::ResourceInfo>(status, &details);
  AddDetail<google::rpc::PreconditionFailure>(status, &details);
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      std::string(status.message()), details.SerializeAsString());
}

}  // namespace labgraph::rpc
