#include "seed/fixture_loader.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "seed/checks/refusal.h"
#include "seed/fixture_mutations.h"
#include "seed/write_problem.h"

namespace labgraph::seed {
namespace {

constexpr absl::string_view kNothingChanged = "nothing changed, no revision";

}  // namespace

ExitCode FixtureLoader::Load(const FixtureFile& file) {
  if (*context_.stop) return kInterrupted;
  if (file.fixture.has_schema()) {
    if (ExitCode code = LoadSchema(file); code != kOk) return code;
  }
  return LoadData(file);
}

ExitCode FixtureLoader::LoadSchema(const FixtureFile& file) {
  v1::ApplySchemaRequest request;
  *request.mutable_schema() = file.fixture.schema();
  request.set_message(MessageFor(file, "schema"));
  request.set_validate_only(true);
  absl::StatusOr<v1::ApplySchemaResponse> response =
      context_.connection->ApplySchema(request);
  if (!response.ok()) return ReportError(file, 0, response.status());
  if (!response->problems().empty()) return Report(file, 0, response->problems());

  request.set_validate_only(false);
  response = context_.connection->ApplySchema(request);
  if (!response.ok()) return ReportError(file, 0, response.status());
  OutcomeCounts counts;
  for (const v1::SchemaDifference& difference : response->differences()) {
    counts.Add(difference.outcome());
  }
  if (!counts.nothing_changed()) *context_.written = true;
  context_.console->Print(
      absl::StrCat(file.file, ": schema: ",
                   counts.nothing_changed()
                       ? std::string(kNothingChanged)
                       : absl::StrCat(counts.created, " created, ", counts.updated,
                                      " updated; revision ", response->revision())));
  return kOk;
}

ExitCode FixtureLoader::LoadData(const FixtureFile& file) {
  OutcomeCounts counts;
  uint64_t revision = 0;
  size_t first = 0;
  std::vector<Mutations> parts = ToParts(file.fixture, context_.limits);
  for (Mutations& part : parts) {
    const size_t size = part.size();
    ExitCode code = *context_.stop
                        ? kInterrupted
                        : WritePart(file, first, std::move(part), &counts, &revision);
    if (code != kOk && first > 0) {
      context_.console->Error(
          absl::StrCat(file.file, ": the first ", first, " of ",
                       file.fixture.entities_size() + file.fixture.statements_size(),
                       " records stay committed"));
    }
    if (code != kOk) return code;
    first += size;
  }
  if (parts.empty()) return kOk;
  context_.console->Print(absl::StrCat(file.file, ": ", ToString(counts), "; ",
                                       counts.nothing_changed()
                                           ? std::string(kNothingChanged)
                                           : absl::StrCat("revision ", revision)));
  return kOk;
}

ExitCode FixtureLoader::WritePart(const FixtureFile& file, size_t first, Mutations part,
                                  OutcomeCounts* counts, uint64_t* revision) {
  v1::CommitRequest request;
  request.set_message(MessageFor(file, absl::StrCat(part.size(), " records")));
  request.mutable_mutations()->Swap(&part);
  request.set_validate_only(true);
  absl::StatusOr<v1::CommitResponse> response = context_.connection->Commit(request);
  if (!response.ok()) return ReportError(file, first, response.status());
  if (!response->problems().empty()) return Report(file, first, response->problems());

  request.set_validate_only(false);
  response = context_.connection->Commit(request);
  if (!response.ok()) return ReportError(file, first, response.status());
  for (const v1::MutationResult& result : response->results())
    counts->Add(result.outcome());
  if (!counts->nothing_changed()) *context_.written = true;
  *revision = response->revision();
  return kOk;
}

ExitCode FixtureLoader::Report(
    const FixtureFile& file, size_t first,
    const google::protobuf::RepeatedPtrField<v1::Problem>& problems) {
  Problems located;
  for (const v1::Problem& problem : problems) {
    located.push_back(LocateInFixture(file, first, problem));
  }
  context_.console->Report(located);
  return kProblems;
}

ExitCode FixtureLoader::ReportError(const FixtureFile& file, size_t first,
                                    const absl::Status& status) {
  if (!IsRefusal(status)) return FailWith(status, context_.console);
  context_.console->Report({LocateInFixture(file, first, ToServerProblem(status))});
  return kProblems;
}

std::string FixtureLoader::MessageFor(const FixtureFile& file,
                                      const std::string& what) const {
  if (!context_.message.empty()) return context_.message;
  return absl::StrCat("fixture ", file.fixture.name(), ": ", what);
}

}  // namespace labgraph::seed
