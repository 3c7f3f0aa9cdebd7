#include "server/graph/eraser.h"

#include <memory>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/effects.h"
#include "server/graph/erase_changes.h"
#include "server/graph/erase_merges.h"
#include "server/graph/erase_references.h"
#include "server/graph/tombstones.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {

using keys::ChangeKind;

absl::Status Eraser::EraseStatement(const std::string& id) {
  ASSIGN_OR_RETURN(const bool done, WasErased(keys::ErasedStatementKey(id)));
  if (done) return absl::OkStatus();
  RETURN_IF_ERROR(AddStatement(id));
  return Erase(errors::StatementNotFound("statement", id));
}

absl::Status Eraser::EraseEntity(const std::string& id, bool cascade) {
  ErasedRecord entity{ChangeKind::kEntity, id, "", {}};
  ASSIGN_OR_RETURN(entity.id_key,
                   EntityIdKeyOf(id, draft_.ontology(), reader(), "entity"));
  ASSIGN_OR_RETURN(const bool done, WasErased(entity.erased_key()));
  if (done) return absl::OkStatus();
  ASSIGN_OR_RETURN(entity.versions,
                   ReadVersions(reader(), entity.type(), entity.id_key, 0));
  const uint64_t most = cascade ? limits::kErased.value - 1 : 0;
  ASSIGN_OR_RETURN(const std::set<std::string> statements,
                   StatementsOf(entity, oldest_, most, draft_));
  if (statements.size() > most) {
    return cascade
               ? errors::LimitExceeded("entity", limits::kErased, statements.size() + 1)
               : errors::EntityInUse("entity", id, *statements.begin());
  }
  for (const std::string& statement : statements) {
    RETURN_IF_ERROR(AddStatement(statement));
  }
  // Last: what is derived from the statements looks it up.
  set_.Add(entity);
  set_.records().back().found |= !statements.empty();
  RETURN_IF_ERROR(CheckFactsAreOf(entity, set_));
  RETURN_IF_ERROR(CheckNotCited(entity, oldest_, set_, draft_));
  return Erase(errors::EntityNotFound("entity", id));
}

absl::StatusOr<bool> Eraser::WasErased(const std::string& erased_key) {
  ASSIGN_OR_RETURN(const absl::optional<v1::Tombstone> before,
                   ReadTombstone(reader(), erased_key));
  if (before.has_value()) revision_ = before->revision();
  return before.has_value();
}

absl::Status Eraser::AddStatement(const std::string& id) {
  ErasedRecord record{ChangeKind::kStatement, id, keys::StatementIdKey(id), {}};
  ASSIGN_OR_RETURN(record.versions,
                   ReadVersions(reader(), record.type(), record.id_key, 0));
  set_.Add(std::move(record));
  return absl::OkStatus();
}

absl::Status Eraser::Erase(const absl::Status& not_found) {
  // Changes first, while it can still be told whether they are what they were.
  RETURN_IF_ERROR(EraseFromChanges(oldest_, set_, draft_.buffer()));
  for (const ErasedRecord& record : set_.records()) {
    RETURN_IF_ERROR(RemoveCurrent(record));
    RETURN_IF_ERROR(RemovePast(record));
  }
  RETURN_IF_ERROR(RemovePastMentions());
  RETURN_IF_ERROR(EraseFromMerges(set_, draft_));
  if (!set_.records().back().found) return not_found;
  for (const ErasedRecord& record : set_.records()) LeaveTombstone(record);
  return absl::OkStatus();
}

absl::Status Eraser::RemoveCurrent(const ErasedRecord& record) {
  for (const VersionRow& version : record.versions) {
    if (version.removed != 0) continue;
    if (record.is_entity()) {
      ASSIGN_OR_RETURN(const absl::optional<EntityRecord> current,
                       draft_.records().ReadEntity(version.number));
      if (current.has_value()) {
        RETURN_IF_ERROR(WriteEntity(&*current, nullptr, "", draft_));
      }
      continue;
    }
    ASSIGN_OR_RETURN(const absl::optional<StatementRecord> current,
                     draft_.records().ReadStatement(version.number));
    if (current.has_value()) {
      RETURN_IF_ERROR(WriteStatement(&*current, nullptr, "", draft_));
    }
  }
  return absl::OkStatus();
}

absl::Status Eraser::RemovePast(const ErasedRecord& record) {
  RETURN_IF_ERROR(RemovePastRows(record.type().ids, record.id_key));
  for (const VersionRow& version : record.versions) {
    // Records of both types lie under their number.
    RETURN_IF_ERROR(
        RemovePastRows(record.type().records, keys::EntityKey(version.number)));
    if (!record.is_entity()) RETURN_IF_ERROR(RemovePastStatement(version));
  }
  return absl::OkStatus();
}

absl::Status Eraser::RemovePastMentions() {
  const auto& entities = set_.numbers(ChangeKind::kEntity);
  const auto& statements = set_.numbers(ChangeKind::kStatement);
  if (entities.empty() && statements.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(RemovePastRows(keys::kSourceIndex, "", [&](absl::string_view key) {
    const keys::EntityNumber document = keys::Decoder(key).Be64();
    const uint64_t number = keys::LastBe64(key);
    return (entities.count(number) > 0 &&
            key == keys::SourceEntityKey(document, number)) ||
           (statements.count(number) > 0 &&
            key == keys::SourceStatementKey(document, number));
  }));
  if (entities.empty()) return absl::OkStatus();
  return RemovePastRows(keys::kText, "", [&](absl::string_view key) {
    return entities.count(keys::LastBe64(key)) > 0;
  });
}

absl::Status Eraser::RemovePastStatement(const VersionRow& version) {
  keys::StatementRow row;
  if (!keys::StatementRow::Decode(version.row, &row)) {
    return errors::StorageCorrupt(absl::StrCat("statement/", version.number),
                                  "a version cannot be decoded.");
  }
  RETURN_IF_ERROR(RemovePastRows(keys::kPredicateIndex,
                                 keys::PredicateIndexKey(row.predicate, version.number)));
  if (row.object == 0) {
    return RemovePastRows(keys::kValue,
                          keys::ValueKey(row.subject, row.predicate, version.number));
  }
  const keys::EdgeKey out{row.subject, row.predicate, row.object, version.number};
  const keys::EdgeKey in{row.object, row.predicate, row.subject, version.number};
  RETURN_IF_ERROR(RemovePastRows(keys::kOut, out.Encode()));
  return RemovePastRows(keys::kIn, in.Encode());
}

absl::Status Eraser::RemovePastRows(kv::Keyspace keyspace, absl::string_view key) {
  return RemovePastRows(keyspace, key, [](absl::string_view) { return true; });
}

absl::Status Eraser::RemovePastRows(kv::Keyspace keyspace, absl::string_view prefix,
                                    absl::FunctionRef<bool(absl::string_view)> passes) {
  const std::string past_prefix = keys::PastPrefix(keyspace, prefix);
  const std::unique_ptr<kv::Cursor> past = reader().NewCursor(keys::kPast);
  for (past->Seek(past_prefix);
       past->Valid() && absl::StartsWith(past->key(), past_prefix); past->Next()) {
    // byte(keyspace) key be64(revision)
    if (past->key().size() < 1 + sizeof(uint64_t)) continue;
    if (passes(past->key().substr(1, past->key().size() - 1 - sizeof(uint64_t)))) {
      draft_.buffer().Delete(keys::kPast, past->key());
    }
  }
  return past->status();
}

void Eraser::LeaveTombstone(const ErasedRecord& record) {
  draft_.NoteErasing();
  draft_.buffer().Put(keys::kErased, record.erased_key(), DeterministicBytes(tombstone_));
  draft_.change().Note(ChangeKind::kErased, record.Erasure());
  ++records_;
  versions_ += record.versions.size();
}

}  // namespace labgraph::graph
