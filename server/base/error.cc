#include "server/base/error.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/error_details.pb.h"

namespace labgraph {
namespace {

constexpr char kDomain[] = "labgraph";
constexpr size_t kMaxMetadataBytes = 256;
constexpr size_t kMaxMessageBytes = 1024;

template <typename Message>
std::string TypeUrl() {
  return absl::StrCat("type.googleapis.com/", Message::descriptor()->full_name());
}

template <typename Message>
void SetPayload(const Message& message, absl::Status* status) {
  status->SetPayload(TypeUrl<Message>(), absl::Cord(message.SerializeAsString()));
}

// False when the status carries no such message.
template <typename Message>
bool GetPayload(const absl::Status& status, Message* message) {
  absl::optional<absl::Cord> payload = status.GetPayload(TypeUrl<Message>());
  return payload.has_value() && message->ParseFromString(std::string(*payload));
}

absl::StatusCode CodeOf(v1::ErrorReason reason) {
  const google::protobuf::EnumValueDescriptor* value =
      v1::ErrorReason_descriptor()->FindValueByNumber(reason);
  return static_cast<absl::StatusCode>(value->options().GetExtension(v1::code));
}

}  // namespace

absl::string_view Shorten(absl::string_view text, size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

ErrorBuilder::ErrorBuilder(v1::ErrorReason reason, absl::string_view message)
    : reason_(reason), message_(Shorten(message, kMaxMessageBytes)) {}

ErrorBuilder& ErrorBuilder::Field(absl::string_view path) {
  field_ = std::string(path);
  return *this;
}

ErrorBuilder& ErrorBuilder::Meta(absl::string_view key, absl::string_view value) {
  metadata_.emplace_back(std::string(key),
                         std::string(Shorten(value, kMaxMetadataBytes)));
  return *this;
}

ErrorBuilder& ErrorBuilder::Meta(absl::string_view key, uint64_t value) {
  return Meta(key, absl::StrCat(value));
}

ErrorBuilder& ErrorBuilder::Resource(absl::string_view type, absl::string_view name) {
  resource_type_ = std::string(type);
  resource_name_ = std::string(Shorten(name, kMaxMetadataBytes));
  return *this;
}

ErrorBuilder::operator absl::Status() const {
  absl::Status status(CodeOf(reason_), message_);
  google::rpc::ErrorInfo info;
  info.set_reason(ReasonName(reason_));
  info.set_domain(kDomain);
  for (const auto& [key, value] : metadata_) (*info.mutable_metadata())[key] = value;
  SetPayload(info, &status);
  if (field_.has_value()) {
    google::rpc::BadRequest bad_request;
    google::rpc::BadRequest::FieldViolation* violation =
        bad_request.add_field_violations();
    violation->set_field(*field_);
    violation->set_description(message_);
    SetPayload(bad_request, &status);
  }
  if (status.code() == absl::StatusCode::kFailedPrecondition ||
      status.code() == absl::StatusCode::kOutOfRange) {
    google::rpc::PreconditionFailure failure;
    google::rpc::PreconditionFailure::Violation* violation = failure.add_violations();
    violation->set_type(info.reason());
    violation->set_subject(resource_name_);
    violation->set_description(message_);
    SetPayload(failure, &status);
  }
  if (!resource_type_.empty()) {
    google::rpc::ResourceInfo resource;
    resource.set_resource_type(resource_type_);
    resource.set_resource_name(resource_name_);
    resource.set_description(message_);
    SetPayload(resource, &status);
  }
  return status;
}

absl::Status AtField(absl::Status status, absl::string_view prefix) {
  google::rpc::BadRequest bad_request;
  if (status.ok() || !GetPayload(status, &bad_request)) return status;
  for (google::rpc::BadRequest::FieldViolation& violation :
       *bad_request.mutable_field_violations()) {
    const std::string& field = violation.field();
    const bool joins = field.empty() || field[0] == '[' || prefix.empty();
    violation.set_field(absl::StrCat(prefix, joins ? "" : ".", field));
  }
  SetPayload(bad_request, &status);
  return status;
}

absl::Status WithField(absl::Status status, absl::string_view field) {
  google::rpc::BadRequest bad_request;
  if (status.ok() || !GetPayload(status, &bad_request)) return status;
  for (google::rpc::BadRequest::FieldViolation& violation :
       *bad_request.mutable_field_violations()) {
    violation.set_field(std::string(field));
  }
  SetPayload(bad_request, &status);
  return status;
}

v1::ErrorReason ReasonOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  if (GetPayload(status, &info)) {
    v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", info.reason()), &reason);
  }
  return reason;
}

std::string FieldOf(const absl::Status& status) {
  google::rpc::BadRequest bad_request;
  if (!GetPayload(status, &bad_request) || bad_request.field_violations().empty())
    return "";
  return bad_request.field_violations(0).field();
}

std::string MetaOf(const absl::Status& status, absl::string_view key) {
  google::rpc::ErrorInfo info;
  if (!GetPayload(status, &info)) return "";
  const auto it = info.metadata().find(std::string(key));
  return it == info.metadata().end() ? "" : it->second;
}

std::string ReasonName(v1::ErrorReason reason) {
  return std::string(absl::StripPrefix(v1::ErrorReason_Name(reason), "ERROR_REASON_"));
}

}  // namespace labgraph
