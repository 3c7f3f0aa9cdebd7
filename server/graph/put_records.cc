#include "server/graph/put_records.h"

#include <string>
#include <utility>

#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/effects.h"
#include "server/graph/record_checks.h"
#include "server/graph/statement_rules.h"

namespace labgraph::graph {
namespace {

// Gives a new record the number `next`.
absl::StatusOr<uint64_t> TakeNumber(const limits::Limit& limit, uint64_t& next) {
  if (next > limit.value) return errors::LimitExceeded("id", limit, next);
  return next++;
}

}  // namespace

absl::StatusOr<v1::Outcome> PutPrepared(EntityDraft entity, Draft& draft) {
  const std::string bytes = DeterministicBytes(entity.after.entity);
  RETURN_IF_ERROR(CheckRecordSize(bytes.size()));
  if (!entity.before.has_value()) {
    ASSIGN_OR_RETURN(entity.after.number,
                     TakeNumber(limits::kEntities, draft.state().next_entity));
    entity.after.first = draft.revision();
    RETURN_IF_ERROR(WriteEntity(nullptr, &entity.after, bytes, draft));
    return v1::OUTCOME_CREATED;
  }
  if (bytes == DeterministicBytes(entity.before->entity)) return v1::OUTCOME_UNCHANGED;
  entity.after.number = entity.before->number;
  entity.after.first = entity.before->first;
  RETURN_IF_ERROR(WriteEntity(&*entity.before, &entity.after, bytes, draft));
  return v1::OUTCOME_UPDATED;
}

absl::StatusOr<v1::Outcome> PutPrepared(StatementDraft prepared, Draft& draft) {
  RETURN_IF_ERROR(CheckStatement(prepared, draft));
  const std::string bytes = DeterministicBytes(prepared.statement);
  RETURN_IF_ERROR(CheckRecordSize(bytes.size()));
  const bool exists = prepared.before.has_value();
  if (exists && bytes == DeterministicBytes(prepared.before->statement)) {
    return v1::OUTCOME_UNCHANGED;
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
  return exists ? v1::OUTCOME_UPDATED : v1::OUTCOME_CREATED;
}

}  // namespace labgraph::graph
