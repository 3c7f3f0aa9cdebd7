#include "seed/fixture_mutations.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "seed/reader/value_text.h"

namespace labgraph::seed {
namespace {

constexpr size_t kMaxShownBytes = 60;

std::string Summarize(const v1::Statement& statement) {
  std::string target =
      statement.has_value() ? ValueText(statement.value()) : statement.object();
  if (target.size() > kMaxShownBytes)
    target = absl::StrCat(target.substr(0, kMaxShownBytes), "...");
  return absl::StrCat(statement.subject(), " ", statement.predicate(), " ", target);
}

}  // namespace

Mutations ToMutations(const Fixture& fixture) {
  Mutations mutations;
  mutations.Reserve(fixture.entities_size() + fixture.statements_size());
  for (const v1::Entity& entity : fixture.entities()) {
    *mutations.Add()->mutable_put_entity() = entity;
  }
  for (const v1::Statement& statement : fixture.statements()) {
    *mutations.Add()->mutable_put_statement() = statement;
  }
  return mutations;
}

std::vector<Mutations> ToParts(const Fixture& fixture, WriteLimits limits) {
  std::vector<Mutations> parts;
  MutationPart part(limits);
  for (v1::Mutation& mutation : ToMutations(fixture)) {
    if (!part.HasRoomFor(mutation)) parts.push_back(part.Take());
    part.Add(std::move(mutation));
  }
  if (!part.empty()) parts.push_back(part.Take());
  return parts;
}

std::string Summarize(const v1::Mutation& mutation) {
  switch (mutation.op_case()) {
    case v1::Mutation::kPutEntity:
      return mutation.put_entity().id();
    case v1::Mutation::kPutStatement:
      return Summarize(mutation.put_statement());
    case v1::Mutation::kRetractStatement:
      return absl::StrCat("statement ", mutation.retract_statement().id());
    case v1::Mutation::kDeleteEntity:
      return mutation.delete_entity().id();
    case v1::Mutation::kMergeEntities:
      return mutation.merge_entities().from();
    case v1::Mutation::kUnmergeEntity:
      return mutation.unmerge_entity().id();
    case v1::Mutation::OP_NOT_SET:
      break;
  }
  return "nothing";
}

}  // namespace labgraph::seed
