#include "labgraph/internal/request_checks.h"

#include "labgraph/error.h"

namespace labgraph::client::internal {

absl::Status CheckPositive(uint64_t number, absl::string_view field) {
  if (number > 0) return absl::OkStatus();
  return MakeError(v1::ERROR_REASON_FIELD_INVALID, field,
                   "This must be at least 1; leave it out for the default.");
}

absl::Status CheckRead(const v1::ReadOptions& read) {
  if (read.certainty() == v1::CERTAINTY_UNSPECIFIED || !read.valid_at().empty()) {
    return absl::OkStatus();
  }
  return MakeError(v1::ERROR_REASON_FIELD_REQUIRED, "read.valid_at",
                   "Certainly() and Possibly() speak of a day: name it with ValidAt().");
}

}  // namespace labgraph::client::internal
