#ifndef LABGRAPH_SERVER_BASE_ERROR_H_
#define LABGRAPH_SERVER_BASE_ERROR_H_

// How a domain error is made and taken apart. An error is an absl::Status whose
// payloads are the google.rpc detail messages that travel to the caller; its
// code comes from the reason's (labgraph.v1.code) option. server/base/errors.h names the
// errors; nothing else builds one.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "labgraph/v1/error_reason.pb.h"

namespace labgraph {

// Builds one error. Not thread-safe.
//   return ErrorBuilder(v1::ERROR_REASON_ID_MALFORMED, "...").Field("subject").Meta("id",
//   id);
class ErrorBuilder {
 public:
  // `message` is one English sentence that says what is wrong and what to do.
  ErrorBuilder(v1::ErrorReason reason, absl::string_view message);

  // The field at fault, relative to what the function was given; callers above
  // complete it with AtField. Empty stands for the thing as a whole.
  ErrorBuilder& Field(absl::string_view path);
  // A metadata entry of google.rpc.ErrorInfo, cut to 256 bytes.
  ErrorBuilder& Meta(absl::string_view key, absl::string_view value);
  ErrorBuilder& Meta(absl::string_view key, uint64_t value);
  // The resource the error is about, see google.rpc.ResourceInfo.
  ErrorBuilder& Resource(absl::string_view type, absl::string_view name);

  operator absl::Status() const;  // NOLINT: a builder is returned as the error it builds

 private:
  v1::ErrorReason reason_;
  std::string message_;
  absl::optional<std::string> field_;
  std::vector<std::pair<std::string, std::string>> metadata_;
  std::string resource_type_;
  std::string resource_name_;
};

// `status` with `prefix` before the path of its field: "object" becomes
// "put_statement.object", "[2]" becomes "sources[2]". An OK status and one without a
// field are returned as they are.
absl::Status AtField(absl::Status status, absl::string_view prefix);

// The reason of an error made by ErrorBuilder; ERROR_REASON_UNSPECIFIED for any other.
v1::ErrorReason ReasonOf(const absl::Status& status);
// The field's path; empty where there is none.
std::string FieldOf(const absl::Status& status);
// One metadata value; empty where there is none.
std::string MetaOf(const absl::Status& status, absl::string_view key);
// At most `size` bytes of `text`, never half a UTF-8 character: a detail message that is
// not UTF-8 cannot be read back.
absl::string_view Shorten(absl::string_view text, size_t size);

// "ENTITY_NOT_FOUND" for ERROR_REASON_ENTITY_NOT_FOUND.
std::string ReasonName(v1::ErrorReason reason);

}  // namespace labgraph

#endif  // LABGRAPH_SERVER_BASE_ERROR_H_
