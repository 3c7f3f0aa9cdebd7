#include "client/cli/usage_error.h"

#include "absl/strings/cord.h"

namespace labgraph::cli {
namespace {

// Tells these errors from INVALID_ARGUMENT of a server.
constexpr char kMark[] = "labgraph.cli/usage";

}  // namespace

absl::Status UsageError(absl::string_view message) {
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kMark, absl::Cord());
  return status;
}

bool IsUsageError(const absl::Status& status) {
  return status.GetPayload(kMark).has_value();
}

}  // namespace labgraph::cli
