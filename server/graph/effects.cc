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
  absl::string_view bytes;  // of the message in `after`
  bool is_new() const { return before == nullptr; }
  const Record& any() const { return after != nullptr ? *after : *before; }
};
using StatementChange = RecordChange<StatementRecord>;
using EntityChange = RecordChange<EntityRecord>;

bool FacetDiffers(const StatementChange& change) {
  return change.before != nullptr && change.after != nullptr &&
         change.before->facet != change.after->facet;
}

// Puts a row with a record's number in its key.
template <typename Record>
absl::Status PutRow(const RecordChange<Record>& change, kv::Keyspace keyspace,
                    const std::string& key, const std::string& value, Draft& draft) {
  if (!change.is_new()) return draft.writer().Put(keyspace, key, value);
  draft.writer().PutNew(keyspace, key, value);
  return absl::OkStatus();
}

// Puts or deletes one row of an index: `key` where the record is new or its facet
// another, nothing where it stays as it is.
absl::Status UpdateRow(const StatementChange& change, kv::Keyspace keyspace,
                       const std::string& key, Draft& draft) {
  if (change.after == nullptr) return draft.writer().Delete(keyspace, key);
  if (!change.is_new() && !FacetDiffers(change)) return absl::OkStatus();
  return PutRow(change, keyspace, key,
                keys::IndexRow{draft.revision(), change.after->facet}.Encode(), draft);
}

// Puts or deletes the row of a record's id, which it has from its first to its last
// version. Another record may have had the id before.
template <typename Record>
absl::Status UpdateIdRow(const RecordChange<Record>& change, kv::Keyspace keyspace,
                         const std::string& key, Draft& draft) {
  if (change.after == nullptr) return draft.writer().Delete(keyspace, key);
  if (change.is_new()) {
    draft.writer().PutAbsent(
        keyspace, key, keys::IndexRow{draft.revision(), change.after->number}.Encode());
  }
  return absl::OkStatus();
}

absl::Status StatementRecordRow(const StatementChange& change, Draft& draft) {
  const std::string key = keys::StatementKey(change.any().number);
  if (change.after == nullptr) return draft.writer().Delete(keys::kStatement, key);
  const StatementRecord& after = *change.after;
  const keys::StatementRow row{draft.revision(), after.first,  after.subject,
                               after.predicate,  after.object, after.facet,
                               change.bytes};
  return PutRow(change, keys::kStatement, key, row.Encode(), draft);
}

absl::Status StatementIdRow(const StatementChange& change, Draft& draft) {
  const StatementRecord& any = change.any();
  return UpdateIdRow(change, keys::kStatementId, keys::StatementIdKey(any.statement.id()),
                     draft);
}

absl::Status UpdateEdge(const StatementChange& change, kv::Keyspace keyspace,
                        const keys::EdgeKey& key, Draft& draft) {
  if (change.after == nullptr) return draft.writer().DeleteEdge(keyspace, key);
  if (change.is_new()) {
    draft.writer().AddEdge(keyspace, key, change.after->facet);
    return absl::OkStatus();
  }
  if (!FacetDiffers(change)) return absl::OkStatus();
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
  return UpdateRow(change, keys::kValue,
                   keys::ValueKey(any.subject, any.predicate, any.number), draft);
}

absl::Status PredicateIndexRow(const StatementChange& change, Draft& draft) {
  const StatementRecord& any = change.any();
  return UpdateRow(change, keys::kPredicateIndex,
                   keys::PredicateIndexKey(any.predicate, any.number), draft);
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
    RETURN_IF_ERROR(PutRow(change, keys::kSourceIndex,
                           keys::SourceStatementKey(document, change.any().number),
                           keys::IndexRow{draft.revision(), change.after->facet}.Encode(),
                           draft));
  }
  return absl::OkStatus();
}

absl::Status CountStatement(const StatementChange& change, Draft& draft) {
  if (change.before == nullptr) ++draft.state().statements;
  if (change.after == nullptr) --draft.state().statements;
  return absl::OkStatus();
}

// Notes what became of a record. `message` takes it out of its record.
template <typename Record, typename Message>
void NoteChange(const RecordChange<Record>& change, keys::ChangeKind put,
                keys::ChangeKind gone, Message message, Draft& draft) {
  if (!change.is_new() && change.before->revision == draft.revision()) {
    draft.change().Supersede(put, change.before->number,
                             DeterministicBytes(message(*change.before)));
  }
  if (change.after == nullptr) {
    draft.change().Note(gone, message(*change.before).id());
  } else {
    draft.change().Put(put, change.after->number, change.bytes);
  }
}

absl::Status NoteStatement(const StatementChange& change, Draft& draft) {
  NoteChange(
      change, keys::ChangeKind::kStatement, keys::ChangeKind::kStatementRetracted,
      [](const StatementRecord& record) -> const v1::Statement& {
        return record.statement;
      },
      draft);
  return absl::OkStatus();
}

absl::Status EntityRecordRow(const EntityChange& change, Draft& draft) {
  const std::string key = keys::EntityKey(change.any().number);
  if (change.after == nullptr) return draft.writer().Delete(keys::kEntity, key);
  const keys::EntityRow row{draft.revision(), change.after->first, change.after->kind,
                            change.bytes};
  return PutRow(change, keys::kEntity, key, row.Encode(), draft);
}

absl::Status EntityIdRow(const EntityChange& change, Draft& draft) {
  const EntityRecord& any = change.any();
  ASSIGN_OR_RETURN(const schema::EntityId id,
                   schema::ParseEntityId(any.entity.id(), "id"));
  if (change.after == nullptr && draft.numbers() != nullptr) {
    draft.numbers()->Remove(any.entity.id());
  }
  return UpdateIdRow(change, keys::kEntityId, keys::EntityIdKey(any.kind, id.key), draft);
}

// Puts and deletes rows so that those of `before` become those of `after`.
absl::Status UpdateKeys(const EntityChange& change, kv::Keyspace keyspace,
                        const std::set<std::string>& before,
                        const std::set<std::string>& after, Draft& draft) {
  const std::string value = keys::IndexRow{draft.revision()}.Encode();
  for (const std::string& key : before) {
    if (after.count(key) == 0) RETURN_IF_ERROR(draft.writer().Delete(keyspace, key));
  }
  for (const std::string& key : after) {
    if (before.count(key) > 0) continue;
    RETURN_IF_ERROR(PutRow(change, keyspace, key, value, draft));
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
  return UpdateKeys(change, keys::kSourceIndex, before, after, draft);
}

absl::Status TextRows(const EntityChange& change, Draft& draft) {
  if (draft.index() == nullptr) return absl::OkStatus();
  const auto rows = [&](const EntityRecord* record) {
    return record == nullptr ? std::set<std::string>()
                             : draft.index()->Keys(record->number, record->entity);
  };
  return UpdateKeys(change, keys::kText, rows(change.before), rows(change.after), draft);
}

absl::Status CountEntity(const EntityChange& change, Draft& draft) {
  if (change.before == nullptr) ++draft.state().entities;
  if (change.after == nullptr) --draft.state().entities;
  return absl::OkStatus();
}

absl::Status NoteEntity(const EntityChange& change, Draft& draft) {
  NoteChange(
      change, keys::ChangeKind::kEntity, keys::ChangeKind::kEntityDeleted,
      [](const EntityRecord& record) -> const v1::Entity& { return record.entity; },
      draft);
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
                            absl::string_view bytes, Draft& draft) {
  const StatementChange change{before, after, bytes};
  for (const auto effect : kStatementEffects) RETURN_IF_ERROR(effect(change, draft));
  return absl::OkStatus();
}

absl::Status WriteEntity(const EntityRecord* before, const EntityRecord* after,
                         absl::string_view bytes, Draft& draft) {
  const EntityChange change{before, after, bytes};
  if (after != nullptr) RETURN_IF_ERROR(EntityIdRow(change, draft));
  RETURN_IF_ERROR(EntitySourceRows(change, draft));
  for (const auto effect : kEntityEffects) RETURN_IF_ERROR(effect(change, draft));
  if (after == nullptr) RETURN_IF_ERROR(EntityIdRow(change, draft));
  return absl::OkStatus();
}

}  // namespace labgraph::graph
