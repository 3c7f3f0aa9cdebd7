#include "server/graph/record_reader.h"

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/redirects.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

absl::Status Corrupt(kv::Keyspace keyspace, uint64_t number) {
  return errors::StorageCorrupt(absl::StrCat(keys::kNames[keyspace], "/", number),
                                "a record cannot be decoded.");
}

}  // namespace

absl::StatusOr<absl::optional<EntityRef>> RecordReader::FindEntityRef(
    absl::string_view id, absl::string_view field) const {
  if (known_ != nullptr) {
    const absl::optional<EntityRef> known = known_->Find(id);
    if (known.has_value()) return known;
  }
  ASSIGN_OR_RETURN(const schema::EntityId parsed, schema::ParseEntityId(id, field));
  ASSIGN_OR_RETURN(const schema::Kind* kind, ontology_->ResolveKind(parsed.kind, field));
  ASSIGN_OR_RETURN(
      const absl::optional<std::string> bytes,
      rows_.Get(keys::kEntityId, keys::EntityIdKey(kind->number, parsed.key)));
  if (!bytes.has_value()) return absl::optional<EntityRef>();
  keys::IndexRow row;
  if (!keys::IndexRow::Decode(*bytes, &row)) return Corrupt(keys::kEntityId, 0);
  const EntityRef found{row.number, kind->number};
  if (known_ != nullptr) known_->Add(id, found);
  return absl::optional<EntityRef>(found);
}

absl::StatusOr<absl::optional<keys::EntityNumber>> RecordReader::FindEntity(
    absl::string_view id, absl::string_view field) const {
  ASSIGN_OR_RETURN(const absl::optional<EntityRef> found, FindEntityRef(id, field));
  if (!found.has_value()) return absl::optional<keys::EntityNumber>();
  return absl::optional<keys::EntityNumber>(found->number);
}

absl::StatusOr<keys::EntityNumber> RecordReader::ResolveEntity(
    absl::string_view id, absl::string_view field) const {
  std::string asked(id);
  // Redirects cannot run in a circle: what an id leads to was there when it was made, and
  // an id that leads elsewhere is not.
  while (true) {
    absl::StatusOr<absl::optional<keys::EntityNumber>> number = FindEntity(asked, field);
    if (ReasonOf(number.status()) == v1::ERROR_REASON_KIND_UNKNOWN) {
      return errors::EntityNotFound(field, id);
    }
    RETURN_IF_ERROR(number.status());
    if (number->has_value()) return **number;
    ASSIGN_OR_RETURN(absl::optional<std::string> into, RedirectOf(asked, field));
    if (!into.has_value()) return errors::EntityNotFound(field, id);
    asked = *std::move(into);
  }
}

absl::StatusOr<absl::optional<std::string>> RecordReader::RedirectOf(
    absl::string_view id, absl::string_view field) const {
  ASSIGN_OR_RETURN(const std::string key, RedirectKey(id, *ontology_, field));
  return ReadRedirectInto(rows_, key);
}

absl::StatusOr<absl::optional<keys::StatementNumber>> RecordReader::FindStatement(
    absl::string_view id) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   rows_.Get(keys::kStatementId, keys::StatementIdKey(id)));
  if (!bytes.has_value()) return absl::optional<keys::StatementNumber>();
  keys::IndexRow row;
  if (!keys::IndexRow::Decode(*bytes, &row)) return Corrupt(keys::kStatementId, 0);
  return absl::optional<keys::StatementNumber>(row.number);
}

absl::StatusOr<absl::optional<EntityRecord>> RecordReader::ReadEntity(
    keys::EntityNumber number) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   rows_.Get(keys::kEntity, keys::EntityKey(number)));
  if (!bytes.has_value()) return absl::optional<EntityRecord>();
  return DecodeEntity(number, *bytes);
}

absl::StatusOr<EntityRecord> RecordReader::DecodeEntity(keys::EntityNumber number,
                                                        absl::string_view bytes) const {
  keys::EntityRow row;
  EntityRecord record;
  if (!keys::EntityRow::Decode(bytes, &row) ||
      !record.entity.ParseFromArray(row.record.data(),
                                    static_cast<int>(row.record.size()))) {
    return Corrupt(keys::kEntity, number);
  }
  record.number = number;
  record.first = row.first;
  record.revision = row.revision;
  record.kind = row.kind;
  return record;
}

absl::StatusOr<absl::optional<StatementRecord>> RecordReader::ReadStatement(
    keys::StatementNumber number) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   rows_.Get(keys::kStatement, keys::StatementKey(number)));
  if (!bytes.has_value()) return absl::optional<StatementRecord>();
  return DecodeStatement(number, *bytes);
}

absl::StatusOr<StatementRecord> RecordReader::DecodeStatement(
    keys::StatementNumber number, absl::string_view bytes) const {
  keys::StatementRow row;
  StatementRecord record;
  if (!keys::StatementRow::Decode(bytes, &row) ||
      !record.statement.ParseFromArray(row.record.data(),
                                       static_cast<int>(row.record.size()))) {
    return Corrupt(keys::kStatement, number);
  }
  record.number = number;
  record.first = row.first;
  record.revision = row.revision;
  record.subject = row.subject;
  record.predicate = row.predicate;
  record.object = row.object;
  record.facet = row.facet;
  if (const schema::Predicate* predicate = ontology_->FindPredicate(row.predicate)) {
    record.statement.set_predicate(predicate->definition.name());
  }
  return record;
}

absl::StatusOr<absl::optional<schema::KindNumber>> RecordReader::KindOf(
    keys::EntityNumber number) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   rows_.Get(keys::kEntity, keys::EntityKey(number)));
  if (!bytes.has_value()) return absl::optional<schema::KindNumber>();
  keys::EntityRow row;
  if (!keys::EntityRow::Decode(*bytes, &row)) return Corrupt(keys::kEntity, number);
  return absl::optional<schema::KindNumber>(row.kind);
}

EdgeScan RecordReader::Edges(EdgeDirection direction, keys::EntityNumber node,
                             absl::optional<schema::PredicateNumber> predicate,
                             EdgeCursors* cursors) const {
  return EdgeScan(rows_, direction == EdgeDirection::kOut ? keys::kOut : keys::kIn, node,
                  predicate, cursors);
}

}  // namespace labgraph::graph
