#include "server/graph/mutations.h"

#include <string>
#include <utility>

#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/delete_entity.h"
#include "server/graph/effects.h"
#include "server/graph/entity_draft.h"
#include "server/graph/merge_entities.h"
#include "server/graph/put_records.h"
#include "server/graph/statement_draft.h"
#include "server/graph/unmerge_entity.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// Notes that mutation `index` names the record; an error when an earlier one did.
absl::Status NameOnce(const std::string& id, size_t index, Draft& draft) {
  const absl::optional<size_t> first = draft.Name(id, index);
  return first.has_value() ? errors::DuplicateInCommit("id", id, *first)
                           : absl::OkStatus();
}

absl::StatusOr<Applied> PutEntity(v1::Entity&& given, size_t index, Draft& draft) {
  ASSIGN_OR_RETURN(EntityDraft prepared, PrepareEntity(std::move(given), draft));
  std::string id = prepared.after.entity.id();
  RETURN_IF_ERROR(NameOnce(id, index, draft));
  ASSIGN_OR_RETURN(const v1::Outcome outcome, PutPrepared(std::move(prepared), draft));
  return Applied{outcome, std::move(id)};
}

absl::StatusOr<Applied> PutStatement(v1::Statement&& given, size_t index, Draft& draft) {
  ASSIGN_OR_RETURN(StatementDraft prepared, PrepareStatement(std::move(given), draft));
  std::string id = prepared.statement.id();
  RETURN_IF_ERROR(NameOnce(id, index, draft));
  ASSIGN_OR_RETURN(const v1::Outcome outcome, PutPrepared(std::move(prepared), draft));
  return Applied{outcome, std::move(id)};
}

absl::StatusOr<Applied> Retract(const v1::RetractStatement& given, size_t index,
                                Draft& draft) {
  RETURN_IF_ERROR(schema::CheckStatementId(given.id(), "id"));
  RETURN_IF_ERROR(NameOnce(given.id(), index, draft));
  ASSIGN_OR_RETURN(const absl::optional<keys::StatementNumber> number,
                   draft.records().FindStatement(given.id()));
  if (!number.has_value()) return Applied{v1::OUTCOME_UNCHANGED, given.id()};
  ASSIGN_OR_RETURN(const absl::optional<StatementRecord> before,
                   draft.records().ReadStatement(*number));
  if (!before.has_value()) {
    return errors::StorageCorrupt(given.id(), "a statement id has no statement.");
  }
  RETURN_IF_ERROR(WriteStatement(&*before, nullptr, "", draft));
  return Applied{v1::OUTCOME_RETRACTED, given.id()};
}

absl::StatusOr<Applied> Delete(const v1::DeleteEntity& given, size_t index,
                               Draft& draft) {
  ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> number,
                   draft.records().FindEntity(given.id(), "id"));
  RETURN_IF_ERROR(NameOnce(given.id(), index, draft));
  if (!number.has_value()) return Applied{v1::OUTCOME_UNCHANGED, given.id()};
  RETURN_IF_ERROR(DeleteEntity(*number, given.cascade(), draft));
  return Applied{v1::OUTCOME_RETRACTED, given.id()};
}

absl::StatusOr<Applied> Merge(const v1::MergeEntities& given, size_t index,
                              Draft& draft) {
  RETURN_IF_ERROR(NameOnce(given.from(), index, draft));
  ASSIGN_OR_RETURN(const bool merged, MergeEntities(given, draft));
  return Applied{merged ? v1::OUTCOME_UPDATED : v1::OUTCOME_UNCHANGED, given.into()};
}

absl::StatusOr<Applied> Unmerge(const v1::UnmergeEntity& given, size_t index,
                                Draft& draft) {
  RETURN_IF_ERROR(NameOnce(given.id(), index, draft));
  RETURN_IF_ERROR(UnmergeEntity(given, draft));
  return Applied{v1::OUTCOME_CREATED, given.id()};
}

}  // namespace

absl::StatusOr<Applied> ApplyMutation(v1::Mutation&& mutation, size_t index,
                                      Draft& draft) {
  absl::StatusOr<Applied> result = Applied();
  const char* field = "";
  switch (mutation.op_case()) {
    case v1::Mutation::kPutEntity:
      field = "put_entity";
      result = PutEntity(std::move(*mutation.mutable_put_entity()), index, draft);
      break;
    case v1::Mutation::kPutStatement:
      field = "put_statement";
      result = PutStatement(std::move(*mutation.mutable_put_statement()), index, draft);
      break;
    case v1::Mutation::kRetractStatement:
      field = "retract_statement";
      result = Retract(mutation.retract_statement(), index, draft);
      break;
    case v1::Mutation::kDeleteEntity:
      field = "delete_entity";
      result = Delete(mutation.delete_entity(), index, draft);
      break;
    case v1::Mutation::kMergeEntities:
      field = "merge_entities";
      result = Merge(mutation.merge_entities(), index, draft);
      break;
    case v1::Mutation::kUnmergeEntity:
      field = "unmerge_entity";
      result = Unmerge(mutation.unmerge_entity(), index, draft);
      break;
    case v1::Mutation::OP_NOT_SET:
      return errors::FieldInvalid(
          "",
          "A mutation is one of put_entity, put_statement, retract_statement, "
          "delete_entity, merge_entities and unmerge_entity.");
  }
  if (!result.ok()) return AtField(result.status(), field);
  return result;
}

}  // namespace labgraph::graph
