#ifndef LABGRAPH_ERROR_H_
#define LABGRAPH_ERROR_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/error_reason.pb.h"

namespace labgraph::client {

// What a server said of an error. labgraph/v1/error_reason.proto explains the reasons
// and names the metadata of each.
struct ErrorDetails {
  // UNSPECIFIED for an error that is not labgraph's (a lost connection), and for a reason
  // that this client is too old to know.
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  // The reason as sent, for example "ENTITY_NOT_FOUND".
  std::string reason_name;
  // Path of the field at fault, for example "mutations[3].put_statement.object";
  // empty where no field is.
  std::string field;
  // One sentence: what is wrong and what to do.
  std::string message;
  // For example {"id", "lab/exti"}, {"nearest", "lab/exit"}.
  std::map<std::string, std::string> metadata;
};

// Takes an error apart. Of an OK status everything is empty.
ErrorDetails DetailsOf(const absl::Status& status);

// DetailsOf(status).reason, for a quick test:
//   if (ReasonOf(entity.status()) == v1::ERROR_REASON_ENTITY_NOT_FOUND) ...
v1::ErrorReason ReasonOf(const absl::Status& status);

// The error in one line: "NOT_FOUND ENTITY_NOT_FOUND at id: There is no entity ...".
std::string Describe(const absl::Status& status);

// An error as the server sends it, with the code of its reason. The builders of this
// library use it for requests that cannot be sent, and tests for servers that refuse.
// REQUIRES: reason is not UNSPECIFIED.
absl::Status MakeError(v1::ErrorReason reason, absl::string_view field,
                       absl::string_view message,
                       const std::map<std::string, std::string>& metadata = {});

}  // namespace labgraph::client

#endif  // LABGRAPH_ERROR_H_
