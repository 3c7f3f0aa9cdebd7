#include "seed/validate_ahead.h"

#include <utility>

#include "seed/checks/refusal.h"
#include "seed/combined_records.h"
#include "seed/field_path.h"
#include "seed/fixture_mutations.h"
#include "seed/schema_overlay.h"
#include "seed/write_problem.h"

namespace labgraph::seed {
namespace {

class Validation {
 public:
  explicit Validation(const LoadContext& context)
      : context_(context),
        records_(context.limits, CombinedRecords::SecondPut::kIsLeft) {}

  // Goes on with an input. False when it cannot, or has failed.
  bool Add(const Input& input) {
    if (input.fixture != nullptr && input.fixture->fixture.has_schema() &&
        (!records_.mutations().empty() || !ValidateSchema(*input.fixture))) {
      return false;
    }
    const size_t before = records_.origins().size();
    const bool added =
        ForEachMutation(input, [&](v1::Mutation& mutation, const Origin& origin) {
          const bool is_put = mutation.has_put_entity() || mutation.has_put_statement();
          return !schema_pending_ && is_put && records_.Add(mutation, origin);
        });
    if (!added) records_.KeepFirst(before);
    return added;
  }

  ExitCode Finish() {
    if (failure_.ok() && problems_.empty()) ValidateRecords();
    if (!failure_.ok()) return FailWith(failure_, context_.console);
    context_.console->Report(problems_);
    return problems_.empty() ? kOk : kProblems;
  }

 private:
  // False when the server did not answer.
  bool ValidateSchema(const FixtureFile& file) {
    v1::ApplySchemaRequest request;
    schema_ = Overlay(file.fixture.schema(), schema_);
    *request.mutable_schema() = schema_;
    request.set_validate_only(true);
    absl::StatusOr<v1::ApplySchemaResponse> response =
        context_.connection->ApplySchema(request);
    if (!response.ok()) {
      if (!NoteRefusal(response.status())) return false;
      problems_.push_back(LocateInFixture(file, 0, ToServerProblem(response.status())));
      return true;
    }
    schema_pending_ = schema_pending_ || !response->differences().empty();
    for (const v1::Problem& problem : response->problems()) {
      problems_.push_back(LocateInFixture(file, 0, problem));
    }
    return true;
  }

  void ValidateRecords() {
    // What is alone is validated when it is written.
    const std::vector<Origin>& origins = records_.origins();
    if (origins.empty() || origins.front().input == origins.back().input) return;
    v1::CommitRequest request;
    *request.mutable_mutations() = records_.mutations();
    request.set_validate_only(true);
    absl::StatusOr<v1::CommitResponse> response = context_.connection->Commit(request);
    if (!response.ok()) {
      // The request as a whole: no word on any of its inputs.
      NoteRefusal(response.status());
      return;
    }
    for (const v1::Problem& problem : response->problems()) {
      if (!IsOfSeveralFiles(problem)) problems_.push_back(records_.Locate(problem));
    }
  }

  // Whether a record is refused only for what other files put in the same request.
  bool IsOfSeveralFiles(const v1::Problem& problem) const {
    const absl::optional<MutationField> field = ParseMutationField(problem.field());
    if (problem.reason() != kDuplicateReason || !field.has_value() ||
        field->index >= records_.origins().size()) {
      return false;
    }
    const Origin& origin = records_.origins()[field->index];
    return origin.input->fixture == nullptr ||
           !FindTwin(origin.input->fixture->fixture, origin.number).has_value();
  }

  // Keeps an error that is no refusal.
  bool NoteRefusal(const absl::Status& status) {
    if (IsRefusal(status)) return true;
    failure_ = status;
    return false;
  }

  const LoadContext& context_;
  CombinedRecords records_;
  // All definitions of the files so far, and whether any of them is not in the store.
  v1::Schema schema_;
  bool schema_pending_ = false;
  Problems problems_;
  absl::Status failure_;
};

}  // namespace

ExitCode ValidateAhead(const std::vector<Input>& inputs, size_t begin,
                       const LoadContext& context, size_t* end) {
  *end = inputs.size();
  // One input by itself is validated when it is written.
  if (inputs.size() - begin < 2) return kOk;
  Validation validation(context);
  for (*end = begin; *end < inputs.size(); ++*end) {
    if (*context.stop) return kInterrupted;
    if (!validation.Add(inputs[*end])) break;
  }
  return validation.Finish();
}

}  // namespace labgraph::seed
