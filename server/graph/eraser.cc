#include "server/graph/eraser.h"

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/change_log.h"
#include "server/graph/effects.h"
#include "server/graph/erase_merges.h"
#include "server/graph/tombstones.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {
namespace {

bool IsEntity(const RecordType& type) { return type.records == keys::kEntity; }

std::set<uint64_t> NumbersIn(const std::vector<VersionRow>& versions) {
  std::set<uint64_t> numbers;
  for (const VersionRow& version : versions) numbers.insert(version.number);
  return numbers;
}

// The numbers at the ends of keys that begin with `prefix`.
absl::Status AddLastNumbers(const kv::Reader& reader, kv::Keyspace keyspace,
                            const std::string& prefix, size_t tail,
                            std::set<uint64_t>* numbers) {
  const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keyspace);
  for (cursor->Seek(prefix); cursor->Valid() && absl::StartsWith(cursor->key(), prefix);
       cursor->Next()) {
    if (cursor->key().size() < prefix.size() + tail) continue;
    numbers->insert(keys::LastBe64(cursor->key().substr(0, cursor->key().size() - tail)));
  }
  return cursor->status();
}

// As above in the present and in the past, where the revision follows.
absl::Status AddEverLastNumbers(const kv::Reader& reader, kv::Keyspace keyspace,
                                const std::string& prefix, std::set<uint64_t>* numbers) {
  RETURN_IF_ERROR(AddLastNumbers(reader, keyspace, prefix, 0, numbers));
  return AddLastNumbers(reader, keys::kPast, keys::PastPrefix(keyspace, prefix),
                        sizeof(keys::Revision), numbers);
}

}  // namespace

absl::Status Eraser::EraseStatement(const std::string& id) {
  Record record{
      kStatementRecords, id, keys::StatementIdKey(id), keys::ErasedStatementKey(id), {}};
  ASSIGN_OR_RETURN(const absl::optional<v1::Tombstone> done,
                   ReadTombstone(reader(), record.erased_key));
  if (done.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(record.versions,
                   ReadVersions(reader(), record.type, record.id_key, 0));
  if (record.versions.empty()) return errors::StatementNotFound("statement", id);
  return Erase(record);
}

absl::Status Eraser::EraseEntity(const std::string& id, bool cascade) {
  Record record{kEntityRecords, id, "", keys::ErasedEntityKey(id), {}};
  ASSIGN_OR_RETURN(record.id_key, EntityIdKeyOf(id, draft_.ontology(), "entity"));
  ASSIGN_OR_RETURN(const absl::optional<v1::Tombstone> done,
                   ReadTombstone(reader(), record.erased_key));
  if (done.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(record.versions,
                   ReadVersions(reader(), record.type, record.id_key, 0));
  if (record.versions.empty()) return errors::EntityNotFound("entity", id);
  const std::set<uint64_t> numbers = NumbersIn(record.versions);
  ASSIGN_OR_RETURN(const std::set<std::string> statements, StatementsOf(numbers));
  if (!cascade && !statements.empty()) {
    return errors::EntityInUse("entity", id, *statements.begin());
  }
  RETURN_IF_ERROR(CheckNotCited(record, numbers, statements));
  if (statements.size() >= limits::kErased.value) {
    return errors::LimitExceeded("entity", limits::kErased, statements.size() + 1);
  }
  for (const std::string& statement : statements) {
    RETURN_IF_ERROR(EraseStatement(statement));
  }
  return Erase(record);
}

absl::StatusOr<std::set<std::string>> Eraser::StatementsOf(
    const std::set<uint64_t>& numbers) {
  std::set<uint64_t> found;
  for (const uint64_t number : numbers) {
    for (const EdgeDirection direction : {EdgeDirection::kOut, EdgeDirection::kIn}) {
      EdgeScan scan = draft_.records().Edges(direction, number);
      while (scan.NextRun()) {
        for (const keys::Edge& edge : scan.edges()) found.insert(edge.statement);
      }
      RETURN_IF_ERROR(scan.status());
    }
    for (const kv::Keyspace keyspace : {keys::kOut, keys::kIn}) {
      RETURN_IF_ERROR(AddLastNumbers(reader(), keys::kPast,
                                     keys::PastPrefix(keyspace, keys::EdgePrefix(number)),
                                     sizeof(keys::Revision), &found));
    }
    RETURN_IF_ERROR(
        AddEverLastNumbers(reader(), keys::kValue, keys::ValuePrefix(number), &found));
  }
  std::set<std::string> ids;
  for (const uint64_t statement : found) {
    ASSIGN_OR_RETURN(std::string id, StatementIdOf(statement));
    if (!id.empty()) ids.insert(std::move(id));
  }
  return ids;
}

absl::Status Eraser::CheckNotCited(const Record& record,
                                   const std::set<uint64_t>& numbers,
                                   const std::set<std::string>& erased) {
  for (const uint64_t number : numbers) {
    std::set<uint64_t> statements;
    RETURN_IF_ERROR(AddEverLastNumbers(reader(), keys::kSourceIndex,
                                       keys::SourceStatementPrefix(number), &statements));
    for (const uint64_t statement : statements) {
      ASSIGN_OR_RETURN(const std::string id, StatementIdOf(statement));
      if (erased.count(id) == 0) return errors::EntityInUse("entity", record.id, id);
    }
    std::set<uint64_t> entities;
    RETURN_IF_ERROR(AddEverLastNumbers(reader(), keys::kSourceIndex,
                                       keys::SourceEntityPrefix(number), &entities));
    for (const uint64_t entity : entities) {
      if (numbers.count(entity) > 0) continue;
      ASSIGN_OR_RETURN(const absl::optional<EntityRecord> citing,
                       draft_.records().ReadEntity(entity));
      return errors::EntityInUse("entity", record.id,
                                 citing.has_value() ? citing->entity.id() : "");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Eraser::StatementIdOf(keys::StatementNumber number) {
  const std::string key = keys::StatementKey(number);
  ASSIGN_OR_RETURN(absl::optional<std::string> bytes,
                   reader().Get(keys::kStatement, key));
  if (!bytes.has_value()) {
    const std::string prefix = keys::PastPrefix(keys::kStatement, key);
    const std::unique_ptr<kv::Cursor> past = reader().NewCursor(keys::kPast);
    past->Seek(prefix);
    RETURN_IF_ERROR(past->status());
    if (!past->Valid() || !absl::StartsWith(past->key(), prefix)) return std::string();
    bytes = std::string(past->value());
  }
  keys::StatementRow row;
  v1::Statement statement;
  if (!keys::StatementRow::Decode(*bytes, &row) ||
      !statement.ParseFromArray(row.record.data(), static_cast<int>(row.record.size()))) {
    return errors::StorageCorrupt(absl::StrCat("statement/", number),
                                  "a version cannot be decoded.");
  }
  return statement.id();
}

absl::Status Eraser::Erase(const Record& record) {
  RETURN_IF_ERROR(CheckChanges(record));
  RETURN_IF_ERROR(RemoveCurrent(record));
  RETURN_IF_ERROR(RemovePast(record));
  RETURN_IF_ERROR(EraseFromChanges(record));
  RETURN_IF_ERROR(IsEntity(record.type) ? EraseEntityFromMerges(record.id, draft_)
                                        : EraseStatementFromMerges(record.id, draft_));
  return LeaveTombstone(record);
}

absl::Status Eraser::CheckChanges(const Record& record) {
  for (const VersionRow& version : record.versions) {
    if (version.revision <= oldest_) continue;
    RETURN_IF_ERROR(ReadChange(reader(), version.revision).status());
  }
  return absl::OkStatus();
}

absl::Status Eraser::RemoveCurrent(const Record& record) {
  for (const VersionRow& version : record.versions) {
    if (version.removed != 0) continue;
    if (IsEntity(record.type)) {
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

absl::Status Eraser::RemovePast(const Record& record) {
  RETURN_IF_ERROR(RemovePastRows(record.type.ids, record.id_key));
  const std::set<uint64_t> numbers = NumbersIn(record.versions);
  for (const uint64_t number : numbers) {
    RETURN_IF_ERROR(RemovePastRows(record.type.records, keys::EntityKey(number)));
  }
  if (!IsEntity(record.type)) {
    for (const VersionRow& version : record.versions) {
      RETURN_IF_ERROR(RemovePastStatement(version));
    }
  }
  const auto is_source = [&](absl::string_view key) {
    const keys::EntityNumber document = keys::Decoder(key).Be64();
    const uint64_t number = keys::LastBe64(key);
    return numbers.count(number) > 0 &&
           key == (IsEntity(record.type) ? keys::SourceEntityKey(document, number)
                                         : keys::SourceStatementKey(document, number));
  };
  RETURN_IF_ERROR(RemovePastRows(keys::kSourceIndex, "", is_source));
  if (!IsEntity(record.type)) return absl::OkStatus();
  return RemovePastRows(keys::kText, "", [&](absl::string_view key) {
    return numbers.count(keys::LastBe64(key)) > 0;
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

absl::Status Eraser::EraseFromChanges(const Record& record) {
  const keys::ChangeKind kind =
      IsEntity(record.type) ? keys::ChangeKind::kEntity : keys::ChangeKind::kStatement;
  for (const VersionRow& version : record.versions) {
    if (version.revision <= oldest_) continue;
    RETURN_IF_ERROR(EraseFromChange({kind, version.number, record.id}, version.revision,
                                    draft_.buffer()));
  }
  return absl::OkStatus();
}

absl::Status Eraser::LeaveTombstone(const Record& record) {
  draft_.NoteErasing();
  draft_.buffer().Put(keys::kErased, record.erased_key, DeterministicBytes(tombstone_));
  draft_.change().Note(
      keys::ChangeKind::kErased,
      DeterministicBytes(ErasureOf(IsEntity(record.type) ? keys::ChangeKind::kEntity
                                                         : keys::ChangeKind::kStatement,
                                   record.id)));
  ++records_;
  versions_ += record.versions.size();
  return absl::OkStatus();
}

}  // namespace labgraph::graph
