#include "server/graph/delete_entity.h"

#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/effects.h"
#include "server/graph/references.h"

namespace labgraph::graph {
namespace {

absl::Status RetractStatement(keys::StatementNumber number, Draft& draft) {
  ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                   draft.records().ReadStatement(number));
  return record.has_value() ? WriteStatement(&*record, nullptr, "", draft)
                            : absl::OkStatus();
}

// Takes `source` from the sources of an entity.
absl::Status DropSource(keys::EntityNumber number, const std::string& source,
                        Draft& draft) {
  ASSIGN_OR_RETURN(const absl::optional<EntityRecord> before,
                   draft.records().ReadEntity(number));
  if (!before.has_value()) return absl::OkStatus();
  EntityRecord after = *before;
  after.entity.clear_sources();
  for (const v1::Source& kept : before->entity.sources()) {
    if (kept.document() == source) continue;
    v1::Source* copy = after.entity.add_sources();
    *copy = kept;
    if (copy->asserted_by() == source) copy->clear_asserted_by();
  }
  return WriteEntity(&*before, &after, DeterministicBytes(after.entity), draft);
}

// One record that refers to the entity, for the error.
std::string Example(const References& references, const Draft& draft) {
  if (!references.statements.empty()) {
    const auto record = draft.records().ReadStatement(*references.statements.begin());
    return record.ok() && record->has_value() ? (*record)->statement.id() : "";
  }
  const auto record = draft.records().ReadEntity(*references.entities.begin());
  return record.ok() && record->has_value() ? (*record)->entity.id() : "";
}

}  // namespace

absl::Status DeleteEntity(keys::EntityNumber number, bool cascade, Draft& draft) {
  ASSIGN_OR_RETURN(const absl::optional<EntityRecord> record,
                   draft.records().ReadEntity(number));
  if (!record.has_value())
    return errors::StorageCorrupt("entity", "an id has no entity.");
  const std::string& id = record->entity.id();
  const uint64_t most = cascade ? limits::kMutationDerived.value - draft.cascaded() : 0;
  ASSIGN_OR_RETURN(const References references,
                   FindReferences(number, most, draft.records()));
  if (references.size() > most) {
    if (!cascade) return errors::EntityInUse("id", id, Example(references, draft));
    return errors::LimitExceeded("id", limits::kMutationDerived,
                                 draft.cascaded() + references.size());
  }
  draft.cascaded() += references.size();
  for (const keys::StatementNumber statement : references.statements) {
    RETURN_IF_ERROR(RetractStatement(statement, draft));
  }
  for (const keys::EntityNumber entity : references.entities) {
    RETURN_IF_ERROR(DropSource(entity, id, draft));
  }
  return WriteEntity(&*record, nullptr, "", draft);
}

}  // namespace labgraph::graph
