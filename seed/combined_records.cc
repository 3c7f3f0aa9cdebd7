#include "seed/combined_records.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "seed/bulk/parallel_reader.h"
#include "seed/field_path.h"
#include "seed/fixture_mutations.h"
#include "seed/write_problem.h"

namespace labgraph::seed {
namespace {

using Take = absl::FunctionRef<bool(v1::Mutation&, const Origin&)>;

bool ForEachMutationInBulk(const Input& input, Take take) {
  ParallelReader reader(*input.bulk, input.bulk->begin, /*threads=*/1);
  while (absl::optional<EncodedRun> run = reader.Next()) {
    v1::ImportRequest request;
    request.ParseFromString(run->bytes);
    for (int i = 0; i < request.mutations_size(); ++i) {
      const EncodedMutation& encoded = run->mutations[i];
      const Origin origin{&input, static_cast<size_t>(encoded.line), encoded.repeats};
      if (!take(*request.mutable_mutations(i), origin)) return false;
    }
  }
  return true;
}

}  // namespace

bool ForEachMutation(const Input& input, Take take) {
  if (input.fixture == nullptr) return ForEachMutationInBulk(input, take);
  size_t number = 0;
  for (v1::Mutation& mutation : ToMutations(input.fixture->fixture)) {
    if (!take(mutation, Origin{&input, number++})) return false;
  }
  return true;
}

bool CombinedRecords::AddAll(const Input& input) {
  return ForEachMutation(input, [this](v1::Mutation& mutation, const Origin& origin) {
    return Add(mutation, origin);
  });
}

bool CombinedRecords::Add(v1::Mutation& mutation, const Origin& origin) {
  const std::string identity = IdentityOf(mutation);
  const auto known = index_of_.find(identity);
  if (known != index_of_.end()) {
    if (origin.repeats) return true;
    // Within one file a second mutation of a record is a mistake, which the server
    // reports.
    if (origins_[known->second].input != origin.input) {
      if (second_put_ == SecondPut::kIsLeft) return false;
      mutations_[known->second] = std::move(mutation);
      origins_[known->second] = origin;
      return true;
    }
  }
  const size_t bytes = EncodedBytes(mutation);
  if (!origins_.empty() &&
      (origins_.size() >= limits_.mutations || bytes_ + bytes > limits_.bytes)) {
    return false;
  }
  index_of_.emplace(identity, mutations_.size());
  bytes_ += bytes;
  *mutations_.Add() = std::move(mutation);
  origins_.push_back(origin);
  return true;
}

void CombinedRecords::KeepFirst(size_t count) {
  mutations_.DeleteSubrange(static_cast<int>(count),
                            mutations_.size() - static_cast<int>(count));
  origins_.resize(count);
}

Problem CombinedRecords::Locate(const v1::Problem& problem) const {
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
