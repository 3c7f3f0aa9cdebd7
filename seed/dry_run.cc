#include "seed/dry_run.h"

#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "seed/checks/refusal.h"
#include "seed/combined_records.h"
#include "seed/fixture_mutations.h"
#include "seed/outcome_counts.h"
#include "seed/progress.h"
#include "seed/schema_overlay.h"
#include "seed/write_problem.h"

namespace labgraph::seed {
namespace {

class Comparison {
 public:
  explicit Comparison(const LoadContext& context) : context_(context) {}

  ExitCode Run(const std::vector<Input>& inputs) {
    for (const Input& input : inputs) {
      if (input.fixture == nullptr || !input.fixture->fixture.has_schema()) continue;
      if (ExitCode code = CompareSchema(*input.fixture); code != kOk) return code;
    }
    CombinedRecords all = NoRecords();
    for (const Input& input : inputs) {
      if (!all.AddAll(input)) return CompareInParts(inputs);
    }
    const ExitCode code = CompareRecords(all);
    PrintTotals();
    return code;
  }

 private:
  ExitCode CompareSchema(const FixtureFile& file) {
    v1::ApplySchemaRequest request;
    // Files before this one are not loaded; what they define goes along.
    schema_ = Overlay(file.fixture.schema(), schema_);
    *request.mutable_schema() = schema_;
    request.set_validate_only(true);
    absl::StatusOr<v1::ApplySchemaResponse> response =
        context_.connection->ApplySchema(request);
    if (!response.ok() && !IsRefusal(response.status())) {
      return FailWith(response.status(), context_.console);
    }
    if (!response.ok()) {
      context_.console->Report(
          {LocateInFixture(file, 0, ToServerProblem(response.status()))});
      return kProblems;
    }
    Problems problems;
    for (const v1::Problem& problem : response->problems()) {
      problems.push_back(LocateInFixture(file, 0, problem));
    }
    context_.console->Report(problems);
    if (!problems.empty()) return kProblems;
    PrintDifferences(file, *response);
    return kOk;
  }

  void PrintDifferences(const FixtureFile& file,
                        const v1::ApplySchemaResponse& response) {
    OutcomeCounts counts;
    for (const v1::SchemaDifference& difference : response.differences()) {
      schema_pending_ = true;
      if (!Defines(file.fixture.schema(), difference.type(), difference.name())) continue;
      counts.Add(difference.outcome());
      PrintChange(difference.outcome(),
                  absl::StrCat(difference.type(), " ", difference.name()));
    }
    context_.console->Print(absl::StrCat(file.file, ": schema: ", counts.created,
                                         " would be created, ", counts.updated,
                                         " updated"));
  }

  CombinedRecords NoRecords() const {
    return CombinedRecords(context_.limits, CombinedRecords::SecondPut::kReplaces);
  }

  ExitCode CompareInParts(const std::vector<Input>& inputs) {
    context_.console->Print(
        "The records are too many for one request, so they are compared in parts, each "
        "file by itself; what a part takes from other files or parts must be in the "
        "store already.");
    ExitCode worst = kOk;
    for (const Input& input : inputs) {
      const ExitCode code = CompareInParts(input);
      PrintTotals();
      if (code == kFailed || code == kInterrupted) return code;
      if (code != kOk) worst = code;
    }
    return worst;
  }

  // Ends with the first part in which anything is wrong: what follows may build on it.
  ExitCode CompareInParts(const Input& input) {
    CombinedRecords part = NoRecords();
    ExitCode code = kOk;
    const auto add = [&](v1::Mutation& mutation, const Origin& origin) {
      if (*context_.stop) code = kInterrupted;
      if (code != kOk || part.Add(mutation, origin)) return code == kOk;
      code = CompareRecords(part);
      part = NoRecords();
      part.Add(mutation, origin);
      return code == kOk;
    };
    if (ForEachMutation(input, add)) return CompareRecords(part);
    if (code == kProblems) {
      context_.console->Error(absl::StrCat(input.path, ": the rest is not compared"));
    }
    return code;
  }

  ExitCode CompareRecords(const CombinedRecords& records) {
    if (records.mutations().empty()) return kOk;
    v1::CommitRequest request;
    *request.mutable_mutations() = records.mutations();
    request.set_validate_only(true);
    absl::StatusOr<v1::CommitResponse> response = context_.connection->Commit(request);
    if (!response.ok() && !IsRefusal(response.status())) {
      return FailWith(response.status(), context_.console);
    }
    Problems problems;
    if (!response.ok()) {
      problems.push_back(records.Locate(ToServerProblem(response.status())));
    } else {
      for (const v1::Problem& problem : response->problems()) {
        problems.push_back(records.Locate(problem));
      }
    }
    if (!problems.empty() && schema_pending_) {
      PrintNumbers(records);
      return kOk;
    }
    context_.console->Report(problems);
    if (!problems.empty()) return kProblems;
    PrintResults(records, *response);
    return kOk;
  }

  // For records that the store's schema does not know yet.
  void PrintNumbers(const CombinedRecords& records) {
    size_t entities = 0;
    size_t statements = 0;
    for (const v1::Mutation& mutation : records.mutations()) {
      entities += mutation.has_put_entity() ? 1 : 0;
      statements += mutation.has_put_statement() ? 1 : 0;
    }
    context_.console->Print(absl::StrCat(
        "The schema is not in the store yet, so records cannot be compared: ",
        Grouped(entities), " entities and ", Grouped(statements),
        " statements would be put."));
  }

  void PrintResults(const CombinedRecords& records, const v1::CommitResponse& response) {
    for (int i = 0; i < response.results_size() && i < records.mutations().size(); ++i) {
      const Input* input = records.origins()[i].input;
      if (!counts_.contains(input)) order_.push_back(input);
      counts_[input].Add(response.results(i).outcome());
      PrintChange(response.results(i).outcome(), Summarize(records.mutations()[i]));
    }
  }

  void PrintTotals() {
    for (const Input* input : order_) {
      context_.console->Print(
          absl::StrCat(input->path, ": would be ", ToString(counts_[input])));
    }
    order_.clear();
  }

  void PrintChange(v1::Outcome outcome, const std::string& what) {
    switch (outcome) {
      case v1::OUTCOME_CREATED:
        context_.console->Print(absl::StrCat("+ ", what), Color::kGreen);
        break;
      case v1::OUTCOME_UPDATED:
        context_.console->Print(absl::StrCat("~ ", what), Color::kYellow);
        break;
      case v1::OUTCOME_RETRACTED:
        context_.console->Print(absl::StrCat("- ", what), Color::kRed);
        break;
      default:
        break;
    }
  }

  const LoadContext& context_;
  // All definitions of the files so far.
  v1::Schema schema_;
  // Whether any of them is not in the store.
  bool schema_pending_ = false;
  // What would become of the records of each input, and those inputs whose totals are not
  // printed yet.
  absl::flat_hash_map<const Input*, OutcomeCounts> counts_;
  std::vector<const Input*> order_;
};

}  // namespace

ExitCode DryRun(const std::vector<Input>& inputs, const LoadContext& context) {
  return Comparison(context).Run(inputs);
}

}  // namespace labgraph::seed
