#include "client/cli/exit_code.h"

#include "client/cli/usage_error.h"
#include "labgraph/error.h"

namespace labgraph::cli {

bool IsUnreachable(const absl::Status& status) {
  return absl::IsUnavailable(status) && client::DetailsOf(status).reason_name.empty();
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (IsUsageError(status)) return kExitUsage;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitOk;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kUnauthenticated:
      return kExitRefused;
    case absl::StatusCode::kUnavailable:
      return client::ReasonOf(status) == v1::ERROR_REASON_STORAGE_FAILED
                 ? kExitFailed
                 : kExitUnreachable;
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:  // all of the server's threads are busy
      return kExitUnreachable;
    case absl::StatusCode::kDataLoss:
      return kExitDamaged;
    default:
      return kExitFailed;
  }
}

}  // namespace labgraph::cli
