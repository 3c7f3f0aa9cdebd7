#include "seed/checks/question.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/optional.h"
#include "labgraph/error.h"

namespace labgraph::seed {
namespace {

constexpr size_t kMaxShownIds = 10;

}  // namespace

absl::StatusOr<std::vector<v1::TraverseHit>> CollectHits(
    const v1::TraverseRequest& request, const ConnectionPtr& connection,
    v1::TraverseSummary* summary) {
  std::vector<v1::TraverseHit> hits;
  auto stream = connection->Traverse(request);
  for (;;) {
    absl::StatusOr<absl::optional<v1::TraverseResponse>> response = stream->Read();
    if (!response.ok()) return response.status();
    if (!response->has_value()) return hits;
    v1::TraverseResponse& message = **response;
    std::move(message.mutable_hits()->begin(), message.mutable_hits()->end(),
              std::back_inserter(hits));
    if (!message.has_summary()) continue;
    if (message.summary().cut() != v1::CUT_REASON_UNSPECIFIED) {
      return CutError("the walk", message.summary().cut());
    }
    if (summary != nullptr) *summary = message.summary();
  }
}

absl::Status CutError(absl::string_view what, v1::CutReason cut) {
  return client::MakeError(v1::ERROR_REASON_LIMIT_EXCEEDED, "",
                           absl::StrCat(what, " was cut (", v1::CutReason_Name(cut),
                                        "), so its answer proves nothing"));
}

std::string ListIds(const std::vector<std::string>& ids) {
  const size_t shown = std::min(ids.size(), kMaxShownIds);
  std::string text = absl::StrJoin(ids.begin(), ids.begin() + shown, ", ");
  if (shown < ids.size()) absl::StrAppend(&text, " and ", ids.size() - shown, " more");
  return text;
}

}  // namespace labgraph::seed
