#include "seed/dry_run_records.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "seed/bulk/parallel_reader.h"
#include "seed/field_path.h"
#include "seed/fixture_mutations.h"
#include "seed/reader/value_text.h"
#include "seed/write_problem.h"

namespace labgraph::seed {
namespace {

// What makes two mutations be about one record. A statement without an id of its own gets
// one from the server, made of just these fields.
std::string IdentityOf(const v1::Mutation& mutation) {
  switch (mutation.op_case()) {
    case v1::Mutation::kPutEntity:
      return absl::StrCat("e ", mutation.put_entity().id());
    case v1::Mutation::kDeleteEntity:
      return absl::StrCat("e ", mutation.delete_entity().id());
    case v1::Mutation::kRetractStatement:
      return absl::StrCat("s ", mutation.retract_statement().id());
    case v1::Mutation::kMergeEntities:
      return absl::StrCat("e ", mutation.merge_entities().from());
    case v1::Mutation::kUnmergeEntity:
      return absl::StrCat("e ", mutation.unmerge_entity().id());
    default:
      break;
  }
  const v1::Statement& statement = mutation.put_statement();
  if (!statement.id().empty()) return absl::StrCat("s ", statement.id());
  return absl::StrCat(
      "f ", statement.subject(), "\n", statement.predicate(), "\n",
      statement.has_value() ? ValueText(statement.value()) : statement.object(), "\n",
      statement.valid().start());
}

}  // namespace

bool DryRunRecords::Add(const Input& input) {
  if (input.fixture != nullptr) {
    size_t number = 0;
    for (v1::Mutation& mutation : ToMutations(input.fixture->fixture)) {
      if (!AddOne(std::move(mutation), Origin{&input, number++})) return false;
    }
    return true;
  }
  return AddBulk(input);
}

bool DryRunRecords::AddBulk(const Input& input) {
  ParallelReader reader(*input.bulk, input.bulk->begin, /*threads=*/1);
  while (absl::optional<EncodedRun> run = reader.Next()) {
    v1::ImportRequest request;
    request.ParseFromString(run->bytes);
    for (int i = 0; i < request.mutations_size(); ++i) {
      v1::Mutation& mutation = *request.mutable_mutations(i);
      const EncodedMutation& encoded = run->mutations[i];
      if (encoded.repeats && index_of_.contains(IdentityOf(mutation))) continue;
      Origin origin{&input, static_cast<size_t>(encoded.line)};
      if (!AddOne(std::move(mutation), origin)) return false;
    }
  }
  return true;
}

bool DryRunRecords::AddOne(v1::Mutation mutation, Origin origin) {
  auto [known, is_new] = index_of_.emplace(IdentityOf(mutation), mutations_.size());
  // Within one file a second mutation of a record is a mistake, which the server reports.
  if (!is_new && origins_[known->second].input != origin.input) {
    mutations_[known->second] = std::move(mutation);
    origins_[known->second] = origin;
    return true;
  }
  bytes_ += EncodedBytes(mutation);
  *mutations_.Add() = std::move(mutation);
  origins_.push_back(origin);
  return static_cast<size_t>(mutations_.size()) <= limits_.mutations &&
         bytes_ <= limits_.bytes;
}

Problem DryRunRecords::Locate(const v1::Problem& problem) const {
  absl::optional<MutationField> field = ParseMutationField(problem.field());
  if (!field.has_value() || field->index >= origins_.size()) {
    return Problem{origins_.empty() ? "" : origins_[0].input->path,
                   {},
                   absl::StrCat(problem.reason(), ": ", problem.message())};
  }
  const Origin& origin = origins_[field->index];
  if (origin.input->fixture == nullptr) {
    return LocateInLines(origin.input->path, static_cast<int>(origin.number), field->rest,
                         problem);
  }
  return LocateInFixture(*origin.input->fixture, origin.number - field->index, problem);
}

}  // namespace labgraph::seed
