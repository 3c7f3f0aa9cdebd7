#include "seed/fixture_mutations.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "seed/reader/shown_text.h"
#include "seed/reader/value_text.h"

namespace labgraph::seed {
namespace {

std::string Summarize(const v1::Statement& statement) {
  return absl::StrCat(statement.subject(), " ", statement.predicate(), " ",
                      ShownText(statement.has_value() ? ValueText(statement.value())
                                                      : statement.object()));
}

std::string IdentityOf(const v1::Entity& entity) {
  return absl::StrCat("e ", entity.id());
}

// A statement without an id of its own gets one from the server, made of just these
// fields.
std::string IdentityOf(const v1::Statement& statement) {
  if (!statement.id().empty()) return absl::StrCat("s ", statement.id());
  return absl::StrCat(
      "f ", statement.subject(), "\n", statement.predicate(), "\n",
      statement.has_value() ? ValueText(statement.value()) : statement.object(), "\n",
      statement.valid().start());
}

// The first before number `place` that is about the same record.
template <typename Records>
absl::optional<size_t> FindTwinAmong(const Records& records, int place) {
  const std::string identity = IdentityOf(records[place]);
  for (int i = 0; i < place; ++i) {
    if (IdentityOf(records[i]) == identity) return static_cast<size_t>(i);
  }
  return absl::nullopt;
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

std::string IdentityOf(const v1::Mutation& mutation) {
  switch (mutation.op_case()) {
    case v1::Mutation::kPutEntity:
      return IdentityOf(mutation.put_entity());
    case v1::Mutation::kDeleteEntity:
      return absl::StrCat("e ", mutation.delete_entity().id());
    case v1::Mutation::kRetractStatement:
      return absl::StrCat("s ", mutation.retract_statement().id());
    case v1::Mutation::kMergeEntities:
      return absl::StrCat("e ", mutation.merge_entities().from());
    case v1::Mutation::kUnmergeEntity:
      return absl::StrCat("e ", mutation.unmerge_entity().id());
    default:
      return IdentityOf(mutation.put_statement());
  }
}

absl::optional<size_t> FindTwin(const Fixture& fixture, size_t mutation) {
  const auto entities = static_cast<size_t>(fixture.entities_size());
  if (mutation < entities) {
    return FindTwinAmong(fixture.entities(), static_cast<int>(mutation));
  }
  const size_t place = mutation - entities;
  if (place >= static_cast<size_t>(fixture.statements_size())) return absl::nullopt;
  absl::optional<size_t> twin =
      FindTwinAmong(fixture.statements(), static_cast<int>(place));
  if (twin.has_value()) *twin += entities;
  return twin;
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
