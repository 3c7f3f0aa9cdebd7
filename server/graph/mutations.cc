#include "server/graph/mutations.h"

#include <string>
#include <utility>

#include "server/base/deterministic.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/delete_entity.h"
#include "server/graph/effects.h"
#include "server/graph/entity_draft.h"
#include "server/graph/record_checks.h"
#include "server/graph/statement_draft.h"
#include "server/graph/statement_rules.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// Notes that mutation `index` names the record; an error when an earlier one did.
absl::Status NameOnce(const std::string& id, size_t index, Draft& draft) {
  const absl::optional<size_t> first = draft.Name(id, index);
  return first.has_value() ? errors::DuplicateInCommit("id", id, *first)
                           : absl::OkStatus();
}

// Gives a new record the number `next`.
absl::StatusOr<uint64_t> TakeNumber(const limits::Limit& limit, uint64_t& next) {
  if (next > limit.value) return errors::LimitExceeded("id", limit, next);
  return next++;
}

absl::StatusOr<Applied> PutEntity(v1::Entity&& given, size_t index, Draft& draft) {
  ASSIGN_OR_RETURN(EntityDraft entity, PrepareEntity(std::move(given), draft));
  const std::string id = entity.after.entity.id();
  RETURN_IF_ERROR(NameOnce(id, index, draft));
  const std::string bytes = DeterministicBytes(entity.after.entity);
  RETURN_IF_ERROR(CheckRecordSize(bytes.size()));
  if (!entity.before.has_value()) {
    ASSIGN_OR_RETURN(entity.after.number,
                     TakeNumber(limits::kEntities, draft.state().next_entity));
    entity.after.first = draft.revision();
    RETURN_IF_ERROR(WriteEntity(nullptr, &entity.after, bytes, draft));
    return Applied{v1::OUTCOME_CREATED, id};
  }
  if (bytes == DeterministicBytes(entity.before->entity)) {
    return Applied{v1::OUTCOME_UNCHANGED, id};
  }
  entity.after.number = entity.before->number;
  entity.after.first = entity.before->first;
  RETURN_IF_ERROR(WriteEntity(&*entity.before, &entity.after, bytes, draft));
  return Applied{v1::OUTCOME_UPDATED, id};
}

absl::StatusOr<Applied> PutStatement(v1::Statement&& given, size_t index, Draft& draft) {
  ASSIGN_OR_RETURN(StatementDraft prepared, PrepareStatement(std::move(given), draft));
  std::string id = prepared.statement.id();
  RETURN_IF_ERROR(NameOnce(id, index, draft));
  RETURN_IF_ERROR(CheckStatement(prepared, draft));
  const std::string bytes = DeterministicBytes(prepared.statement);
  RETURN_IF_ERROR(CheckRecordSize(bytes.size()));
  const bool exists = prepared.before.has_value();
  if (exists && bytes == DeterministicBytes(prepared.before->statement)) {
    return Applied{v1::OUTCOME_UNCHANGED, id};
  }
  StatementRecord after;
  if (exists) {
    after.number = prepared.before->number;
  } else {
    ASSIGN_OR_RETURN(after.number,
                     TakeNumber(limits::kStatements, draft.state().next_statement));
  }
  after.first = exists ? prepared.before->first : draft.revision();
  after.subject = prepared.subject;
  after.predicate = prepared.predicate->number;
  after.object = prepared.object;
  after.facet = draft.Intern(prepared.facet);
  after.statement = std::move(prepared.statement);
  RETURN_IF_ERROR(
      WriteStatement(exists ? &*prepared.before : nullptr, &after, bytes, draft));
  return Applied{exists ? v1::OUTCOME_UPDATED : v1::OUTCOME_CREATED, std::move(id)};
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
    case v1::Mutation::OP_NOT_SET:
      return errors::FieldInvalid(
          "",
          "A mutation is one of put_entity, put_statement, retract_statement and "
          "delete_entity.");
  }
  if (!result.ok()) return AtField(result.status(), field);
  return result;
}

}  // namespace labgraph::graph
