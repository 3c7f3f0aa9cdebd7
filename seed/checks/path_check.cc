#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "seed/checks/checks.h"
#include "seed/checks/question.h"

namespace labgraph::seed {
namespace {

// The ids a path passes, ends included.
std::vector<std::string> IdsOf(const v1::Path& path) {
  std::vector<std::string> ids;
  for (const v1::Entity& entity : path.entities()) ids.push_back(entity.id());
  return ids;
}

// Whether `ids` has all of `wanted` in their order.
bool PassesInOrder(const std::vector<std::string>& ids,
                   const google::protobuf::RepeatedPtrField<std::string>& wanted) {
  auto at = ids.begin();
  for (const std::string& id : wanted) {
    at = std::find(at, ids.end(), id);
    if (at == ids.end()) return false;
    ++at;
  }
  return true;
}

// The first path; absent when there is none. A search that was cut before it found one is
// an error.
absl::StatusOr<absl::optional<v1::Path>> FirstPath(const v1::FindPathsRequest& request,
                                                   const ConnectionPtr& connection) {
  auto stream = connection->FindPaths(request);
  for (;;) {
    absl::StatusOr<absl::optional<v1::FindPathsResponse>> response = stream->Read();
    if (!response.ok()) return response.status();
    if (!response->has_value()) return absl::nullopt;
    const v1::FindPathsResponse& message = **response;
    if (!message.paths().empty()) return message.paths(0);
    if (message.summary().cut() != v1::CUT_REASON_UNSPECIFIED) {
      return CutError("the search", message.summary().cut());
    }
  }
}

}  // namespace

Verdict EvaluatePathCheck(const Check& check, const ConnectionPtr& connection) {
  const PathCheck& expected = check.path();
  absl::StatusOr<absl::optional<v1::Path>> path =
      FirstPath(WithRead(expected.find(), check), connection);
  if (!path.ok()) return path.status();
  if (!path->has_value()) {
    if (expected.absent()) return absl::nullopt;
    return Failure{"a path", "none"};
  }
  const std::vector<std::string> ids = IdsOf(**path);
  const std::string found = absl::StrJoin(ids, " - ");
  if (expected.absent()) return Failure{"no path", found};
  const uint32_t hops = static_cast<uint32_t>((*path)->statements_size());
  if (expected.has_hops() && expected.hops() != hops) {
    return Failure{absl::StrCat(expected.hops(), " hops"),
                   absl::StrCat(hops, ": ", found)};
  }
  if (!PassesInOrder(ids, expected.through())) {
    return Failure{
        absl::StrCat("a path through ", absl::StrJoin(expected.through(), ", ")), found};
  }
  return absl::nullopt;
}

}  // namespace labgraph::seed
