#include "seed/checks/refusal.h"

#include "labgraph/error.h"

namespace labgraph::seed {

// By the code, which tells the two apart for reasons that are newer than this program
// too.
bool IsRefusal(const absl::Status& status) {
  if (client::DetailsOf(status).reason_name.empty()) return false;
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return true;
    default:
      return false;
  }
}

}  // namespace labgraph::seed
