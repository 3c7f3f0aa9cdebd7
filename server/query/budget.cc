#include "server/query/budget.h"

#include "server/base/errors.h"

namespace labgraph::query {

absl::Status Budget::status() const {
  return cancelled_ ? errors::Cancelled() : absl::OkStatus();
}

// Once out of time, every unit asks again and gets the same answer.
bool Budget::Ask() {
  if (out_of_time_) return false;
  const Signal signal = poll_ == nullptr ? Signal::kGoOn : poll_();
  if (signal == Signal::kGoOn) {
    units_left_ = kPollUnits;
    return true;
  }
  units_left_ = 0;
  out_of_time_ = true;
  cancelled_ = signal == Signal::kCancelled;
  return cancelled_ ? false : Cut(v1::CUT_REASON_DEADLINE);
}

bool Budget::Cut(v1::CutReason reason) {
  if (cut_ == v1::CUT_REASON_UNSPECIFIED) cut_ = reason;
  return false;
}

}  // namespace labgraph::query
