#ifndef LABGRAPH_SEED_CHECKS_QUESTION_H_
#define LABGRAPH_SEED_CHECKS_QUESTION_H_

// Pieces that several sorts of check are made of.

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/graph_service.pb.h"
#include "labgraph/v1/read_options.pb.h"
#include "seed/checks/checks.h"
#include "seed/fixture.pb.h"

namespace labgraph::seed {

// Entities or statements asked for at a time.
inline constexpr int kCheckPageSize = 1000;

// The request with the check's way to look at the store, where it has one, in the place
// of its own. What did not hold is given only when asked for, so the certainty that the
// check expects is asked for when it is NO.
template <typename Request>
Request WithRead(Request request, const Check& check,
                 v1::Certainty expected = v1::CERTAINTY_UNSPECIFIED) {
  if (check.has_read()) *request.mutable_read() = check.read();
  if (expected == v1::CERTAINTY_NO) request.mutable_read()->set_certainty(expected);
  return request;
}

// All hits of a walk, and its summary in `summary` unless null. A walk that was cut is an
// error: what it found proves nothing.
absl::StatusOr<std::vector<v1::TraverseHit>> CollectHits(
    const v1::TraverseRequest& request, const ConnectionPtr& connection,
    v1::TraverseSummary* summary);

// That an answer was cut, as the error that this is.
absl::Status CutError(absl::string_view what, v1::CutReason cut);

// "lab/exit, lab/unda": at most a few, then how many more.
std::string ListIds(const std::vector<std::string>& ids);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CHECKS_QUESTION_H_
