#include "labgraph/error.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/error_details.pb.h"

namespace labgraph::client {
namespace {

constexpr char kDomain[] = "labgraph";
constexpr char kReasonPrefix[] = "ERROR_REASON_";

// The detail message travels in a payload under its type's address.
template <typename Message>
std::string TypeUrl() {
  return absl::StrCat("type.googleapis.com/", Message::descriptor()->full_name());
}

template <typename Message>
absl::optional<Message> GetDetail(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(TypeUrl<Message>());
  Message message;
  if (!payload.has_value() || !message.ParseFromString(std::string(*payload))) {
    return absl::nullopt;
  }
  return message;
}

template <typename Message>
void SetDetail(const Message& message, absl::Status& status) {
  status.SetPayload(TypeUrl<Message>(), absl::Cord(message.SerializeAsString()));
}

absl::StatusCode CodeOf(v1::ErrorReason reason) {
  const google::protobuf::EnumValueDescriptor* value =
      v1::ErrorReason_descriptor()->FindValueByNumber(reason);
  return static_cast<absl::StatusCode>(value->options().GetExtension(v1::code));
}

}  // namespace

ErrorDetails DetailsOf(const absl::Status& status) {
  ErrorDetails details;
  details.message = std::string(status.message());
  const auto info = GetDetail<google::rpc::ErrorInfo>(status);
  if (!info.has_value() || info->domain() != kDomain) return details;
  details.reason_name = info->reason();
  v1::ErrorReason_Parse(absl::StrCat(kReasonPrefix, info->reason()), &details.reason);
  details.metadata.insert(info->metadata().begin(), info->metadata().end());
  const auto bad_request = GetDetail<google::rpc::BadRequest>(status);
  if (bad_request.has_value() && !bad_request->field_violations().empty()) {
    details.field = bad_request->field_violations(0).field();
  }
  return details;
}

v1::ErrorReason ReasonOf(const absl::Status& status) { return DetailsOf(status).reason; }

std::string Describe(const absl::Status& status) {
  if (status.ok()) return "OK";
  const ErrorDetails details = DetailsOf(status);
  std::string line = absl::StatusCodeToString(status.code());
  if (!details.reason_name.empty()) absl::StrAppend(&line, " ", details.reason_name);
  if (!details.field.empty()) absl::StrAppend(&line, " at ", details.field);
  absl::StrAppend(&line, ": ", details.message);
  return absl::StrReplaceAll(line, {{"\r", ""}, {"\n", " "}});
}

absl::Status MakeError(v1::ErrorReason reason, absl::string_view field,
                       absl::string_view message,
                       const std::map<std::string, std::string>& metadata) {
  absl::Status status(CodeOf(reason), message);
  google::rpc::ErrorInfo info;
  info.set_domain(kDomain);
  info.set_reason(
      std::string(absl::StripPrefix(v1::ErrorReason_Name(reason), kReasonPrefix)));
  info.mutable_metadata()->insert(metadata.begin(), metadata.end());
  SetDetail(info, status);
  if (!field.empty()) {
    google::rpc::BadRequest bad_request;
    google::rpc::BadRequest::FieldViolation& violation =
        *bad_request.add_field_violations();
    violation.set_field(std::string(field));
    violation.set_description(std::string(message));
    SetDetail(bad_request, status);
  }
  return status;
}

}  // namespace labgraph::client
