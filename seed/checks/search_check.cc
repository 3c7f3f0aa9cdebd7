#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "seed/checks/checks.h"
#include "seed/checks/question.h"

namespace labgraph::seed {

Verdict EvaluateSearchCheck(const Check& check, const ConnectionPtr& connection) {
  const SearchCheck& expected = check.search();
  absl::StatusOr<v1::SearchEntitiesResponse> response =
      connection->SearchEntities(WithRead(expected.find(), check));
  if (!response.ok()) return response.status();
  std::vector<std::string> ids;
  for (const v1::SearchResult& result : response->results())
    ids.push_back(result.entity().id());
  const std::string found = ids.empty() ? "nothing" : ListIds(ids);
  if (!expected.first().empty() && (ids.empty() || ids[0] != expected.first())) {
    return Failure{absl::StrCat(expected.first(), " first"), found};
  }
  auto is_found = [&](const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  for (const std::string& id : expected.contains()) {
    if (!is_found(id)) return Failure{absl::StrCat(id, " among the results"), found};
  }
  for (const std::string& id : expected.lacks()) {
    if (is_found(id)) return Failure{absl::StrCat("results without ", id), found};
  }
  return absl::nullopt;
}

}  // namespace labgraph::seed
