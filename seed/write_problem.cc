#include "seed/write_problem.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "labgraph/error.h"
#include "seed/field_path.h"

namespace labgraph::seed {
namespace {

std::string Describe(const v1::Problem& problem, const std::string& field) {
  return absl::StrCat(problem.reason(), field.empty() ? "" : " at ", field, ": ",
                      problem.message());
}

}  // namespace

bool IsInputError(const absl::Status& status) {
  const v1::ErrorReason reason = client::ReasonOf(status);
  // The reasons up to this one are about the request, those behind it about the server.
  return reason != v1::ERROR_REASON_UNSPECIFIED &&
         reason <= v1::ERROR_REASON_REQUEST_ID_REUSED;
}

v1::Problem ToServerProblem(const absl::Status& status) {
  const client::ErrorDetails details = client::DetailsOf(status);
  v1::Problem problem;
  problem.set_reason(details.reason_name);
  problem.set_field(details.field);
  problem.set_message(details.message);
  return problem;
}

Problem LocateInFixture(const FixtureFile& file, size_t first,
                        const v1::Problem& problem) {
  std::string path = problem.field();
  if (absl::optional<MutationField> field = ParseMutationField(path); field.has_value()) {
    path = FixturePath(first + field->index, file.fixture.entities_size());
    if (!field->rest.empty()) absl::StrAppend(&path, ".", field->rest);
  }
  return Problem{file.file, file.source_map.Find(path), Describe(problem, path)};
}

Problem LocateInLines(const std::string& path, int line, const std::string& field,
                      const v1::Problem& problem) {
  return Problem{path, {line, 0}, Describe(problem, field)};
}

}  // namespace labgraph::seed
