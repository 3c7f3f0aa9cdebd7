#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "labgraph/error.h"
#include "seed/checks/checks.h"

namespace labgraph::seed {
namespace {

std::string Refusal(const std::string& reason, const std::string& field) {
  return field.empty() ? reason : absl::StrCat(reason, " at ", field);
}

}  // namespace

Verdict EvaluateRefusalCheck(const Check& check, const ConnectionPtr& connection) {
  const RefusalCheck& expected = check.refused();
  v1::CommitRequest request;
  *request.mutable_mutations() = expected.mutations();
  request.set_validate_only(true);
  absl::StatusOr<v1::CommitResponse> response = connection->Commit(request);

  // What a call refuses at once comes as its error, the rest as a list of problems.
  std::vector<v1::Problem> problems;
  if (response.ok()) {
    problems.assign(response->problems().begin(), response->problems().end());
  } else {
    client::ErrorDetails details = client::DetailsOf(response.status());
    if (details.reason_name != expected.reason()) return response.status();
    problems.emplace_back();
    problems.back().set_reason(details.reason_name);
    problems.back().set_field(details.field);
  }
  std::vector<std::string> found;
  for (const v1::Problem& problem : problems) {
    if (problem.reason() == expected.reason() &&
        (expected.field().empty() || problem.field() == expected.field())) {
      return absl::nullopt;
    }
    found.push_back(Refusal(problem.reason(), problem.field()));
  }
  return Failure{
      absl::StrCat("refused with ", Refusal(expected.reason(), expected.field())),
      found.empty() ? "it is accepted" : absl::StrJoin(found, ", ")};
}

}  // namespace labgraph::seed
