#include "server/graph/effects.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "server/base/deterministic.h"
#include "server/base/status_macros.h"
#include "server/graph/record_checks.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

template <typename Record>
struct RecordChange {
  const Record* before;
  const Record* after;
  const Record& any() const { return after != nullptr ? *after : *before; }
};
using StatementChange = RecordChange<StatementRecord>;
using EntityChange = RecordChange<EntityRecord>;

// Puts or deletes one derived row: `key` where the record is new or `differs`, nothing
// where it stays as it is.
template <typename Record>
absl::Status UpdateRow(const RecordChange<Record>& change, bool differs,
                       kv::Keyspace keyspace, const std::string& key, uint64_t number,
                       Draft& draft) {
  if (change.after == nullptr) return draft.writer().Delete(keyspace, key);
  if (change.before != nullptr && !differs) return absl::OkStatus();
  return draft.writer().Put(keyspace, key,
                            keys::IndexRow{draft.revision(), number}.Encode());
}

bool FacetDiffers(const StatementChange& change) {
  return change.before != nullptr && change.after != nullptr &&
         change.before->facet != change.after->facet;
}

absl::Status StatementRecordRow(const StatementChange& change, Draft& draft) {
  const std::string key = keys::StatementKey(change.any().number);
  if (change.after == nullptr) return draft.writer().Delete(keys::kStatement, key);
  const StatementRecord& after = *change.after;
  const std::string record = DeterministicBytes(after.statement);
  const keys::StatementRow row{
      draft.revision(), after.first, after.subject, after.predicate,
      after.object,     after.facet, record};
  return draft.writer().Put(keys::kStatement, key, row.Encode());
}

absl::Status StatementIdRow(const StatementChange& change, Draft& draft) {
  const StatementRecord& any = change.any();
  return UpdateRow(change, false, keys::kStatementId,
                   keys::StatementIdKey(any.statement.id()), any.number, draft);
}

absl::Status UpdateEdge(const StatementChange& change, kv::Keyspace keyspace,
                        const keys::EdgeKey& key, Draft& draft) {
  if (change.after == nullptr) return draft.writer().DeleteEdge(keyspace, key);
  if (change.before != nullptr && !FacetDiffers(change)) return absl::OkStatus();
  return draft.writer().PutEdge(keyspace, key, change.after->facet);
}

absl::Status OutEdge(const StatementChange& change, Draft& draft) {
  const StatementRecord& any = change.any();
  if (any.object == 0) return absl::OkStatus();
  return UpdateEdge(change, keys::kOut,
                    {any.subject, any.predicate, any.object, any.number}, draft);
}

absl::Status InEdge(const StatementChange& change, Draft& draft) {
  const StatementRecord& any = change.any();
  if (any.object == 0) return absl::OkStatus();
  return UpdateEdge(change, keys::kIn,
                    {any.object, any.predicate, any.subject, any.number}, draft);
}

absl::Status ValueRow(const StatementChange& change, Draft& draft) {
  const StatementRecord& any = change.any();
  if (any.object != 0) return absl::OkStatus();
  return UpdateRow(change, FacetDiffers(change), keys::kValue,
                   keys::ValueKey(any.subject, any.predicate, any.number), any.facet,
                   draft);
}

absl::Status PredicateIndexRow(const StatementChange& change, Draft& draft) {
  const StatementRecord& any = change.any();
  return UpdateRow(change, FacetDiffers(change), keys::kPredicateIndex,
                   keys::PredicateIndexKey(any.predicate, any.number), any.facet, draft);
}

absl::Status StatementSourceRows(const StatementChange& change, Draft& draft) {
  std::vector<keys::EntityNumber> before;
  std::vector<keys::EntityNumber> after;
  if (change.before != nullptr) {
    ASSIGN_OR_RETURN(before,
                     SourceNumbers(change.before->statement.sources(), draft.records()));
  }
  if (change.after != nullptr) {
    ASSIGN_OR_RETURN(after,
                     SourceNumbers(change.after->statement.sources(), draft.records()));
  }
  for (const keys::EntityNumber document : before) {
    if (std::binary_search(after.begin(), after.end(), document)) continue;
    RETURN_IF_ERROR(draft.writer().Delete(
        keys::kSourceIndex, keys::SourceStatementKey(document, change.any().number)));
  }
  for (const keys::EntityNumber document : after) {
    if (!FacetDiffers(change) &&
        std::binary_search(before.begin(), before.end(), document)) {
      continue;
    }
    RETURN_IF_ERROR(draft.writer().Put(
        keys::kSourceIndex, keys::SourceStatementKey(document, change.any().number),
        keys::IndexRow{draft.revision(), change.after->facet}.Encode()));
  }
  return absl::OkStatus();
}

absl::Status CountStatement(const StatementChange& change, Draft& draft) {
  if (change.before == nullptr) ++draft.state().statements;
  if (change.after == nullptr) --draft.state().statements;
  return absl::OkStatus();
}

absl::Status NoteStatement(const StatementChange& change, Draft& draft) {
  v1::ChangeEvent* event = draft.change().add_events();
  if (change.after == nullptr) {
    event->set_retract_statement(change.before->statement.id());
  } else {
    *event->mutable_put_statement() = change.after->statement;
  }
  return absl::OkStatus();
}

absl::Status EntityRecordRow(const EntityChange& change, Draft& draft) {
  const std::string key = keys::EntityKey(change.any().number);
  if (change.after == nullptr) return draft.writer().Delete(keys::kEntity, key);
  const std::string record = DeterministicBytes(change.after->entity);
  const keys::EntityRow row{draft.revision(), change.after->first, change.after->kind,
                            record};
  return draft.writer().Put(keys::kEntity, key, row.Encode());
}

absl::Status EntityIdRow(const EntityChange& change, Draft& draft) {
  const EntityRecord& any = change.any();
  ASSIGN_OR_RETURN(const schema::EntityId id,
                   schema::ParseEntityId(any.entity.id(), "id"));
  return UpdateRow(change, false, keys::kEntityId, keys::EntityIdKey(any.kind, id.key),
                   any.number, draft);
}

// Puts and deletes rows so that those of `before` become those of `after`.
absl::Status UpdateKeys(kv::Keyspace keyspace, const std::set<std::string>& before,
                        const std::set<std::string>& after, Draft& draft) {
  const std::string value = keys::IndexRow{draft.revision()}.Encode();
  for (const std::string& key : before) {
    if (after.count(key) == 0) RETURN_IF_ERROR(draft.writer().Delete(keyspace, key));
  }
  for (const std::string& key : after) {
    if (before.count(key) == 0) RETURN_IF_ERROR(draft.writer().Put(keyspace, key, value));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::set<std::string>> EntitySourceKeys(const EntityRecord* record,
                                                       const Draft& draft) {
  std::set<std::string> result;
  if (record == nullptr) return result;
  ASSIGN_OR_RETURN(const std::vector<keys::EntityNumber> documents,
                   SourceNumbers(record->entity.sources(), draft.records()));
  for (const keys::EntityNumber document : documents) {
    result.insert(keys::SourceEntityKey(document, record->number));
  }
  return result;
}

absl::Status EntitySourceRows(const EntityChange& change, Draft& draft) {
  ASSIGN_OR_RETURN(const std::set<std::string> before,
                   EntitySourceKeys(change.before, draft));
  ASSIGN_OR_RETURN(const std::set<std::string> after,
                   EntitySourceKeys(change.after, draft));
  return UpdateKeys(keys::kSourceIndex, before, after, draft);
}

absl::Status TextRows(const EntityChange& change, Draft& draft) {
  if (draft.index() == nullptr) return absl::OkStatus();
  const auto rows = [&](const EntityRecord* record) {
    return record == nullptr ? std::set<std::string>()
                             : draft.index()->Keys(record->number, record->entity);
  };
  return UpdateKeys(keys::kText, rows(change.before), rows(change.after), draft);
}

absl::Status CountEntity(const EntityChange& change, Draft& draft) {
  if (change.before == nullptr) ++draft.state().entities;
  if (change.after == nullptr) --draft.state().entities;
  return absl::OkStatus();
}

absl::Status NoteEntity(const EntityChange& change, Draft& draft) {
  v1::ChangeEvent* event = draft.change().add_events();
  if (change.after == nullptr) {
    event->set_delete_entity(change.before->entity.id());
  } else {
    *event->mutable_put_entity() = change.after->entity;
  }
  return absl::OkStatus();
}

// One effect for each row derived from a statement. The id row comes before what looks
// ids up when a record is made; see below for when it goes.
constexpr absl::Status (*kStatementEffects[])(const StatementChange&, Draft&) = {
    StatementRecordRow, StatementIdRow,      OutEdge,        InEdge,       ValueRow,
    PredicateIndexRow,  StatementSourceRows, CountStatement, NoteStatement};

// The id row of an entity that is its own source must be there while its source rows are
// derived: it is made first and removed last.
constexpr absl::Status (*kEntityEffects[])(const EntityChange&, Draft&) = {
    EntityRecordRow, TextRows, CountEntity, NoteEntity};

}  // namespace

absl::Status WriteStatement(const StatementRecord* before, const StatementRecord* after,
                            Draft& draft) {
  const StatementChange change{before, after};
  for (const auto effect : kStatementEffects) RETURN_IF_ERROR(effect(change, draft));
  return absl::OkStatus();
}

absl::Status WriteEntity(const EntityRecord* before, const EntityRecord* after,
                         Draft& draft) {
  const EntityChange change{before, after};
  if (after != nullptr) RETURN_IF_ERROR(EntityIdRow(change, draft));
  RETURN_IF_ERROR(EntitySourceRows(change, draft));
  for (const auto effect : kEntityEffects) RETURN_IF_ERROR(effect(change, draft));
  if (after == nullptr) RETURN_IF_ERROR(EntityIdRow(change, draft));
  return absl::OkStatus();
}

}  // namespace labgraph::graph
