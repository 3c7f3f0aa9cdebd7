#include "seed/write_problem.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "labgraph/error.h"
#include "seed/field_path.h"
#include "seed/fixture_mutations.h"

namespace labgraph::seed {
namespace {

std::string Describe(const v1::Problem& problem, const std::string& field) {
  return absl::StrCat(problem.reason(), field.empty() ? "" : " at ", field, ": ",
                      problem.message());
}

// The server tells the place of the first in its request, which says nothing to who wrote
// the file.
std::string SaysTwice(const FixtureFile& file, const std::string& path, size_t twin) {
  const std::string first = FixturePath(twin, file.fixture.entities_size());
  return absl::StrCat(kDuplicateReason, " at ", path, ": the same record is ", first,
                      " on line ", file.source_map.Find(first).line,
                      " already; put it once.");
}

}  // namespace

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
    const Position position = file.source_map.Find(path);
    if (problem.reason() == kDuplicateReason) {
      const absl::optional<size_t> twin = FindTwin(file.fixture, first + field->index);
      if (twin.has_value())
        return Problem{file.file, position, SaysTwice(file, path, *twin)};
    }
    if (!field->rest.empty()) absl::StrAppend(&path, ".", field->rest);
  }
  return Problem{file.file, file.source_map.Find(path), Describe(problem, path)};
}

Problem LocateInLines(const std::string& path, int line, const std::string& field,
                      const v1::Problem& problem) {
  return Problem{path, {line, 0}, Describe(problem, field)};
}

}  // namespace labgraph::seed
