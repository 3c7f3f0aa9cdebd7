#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/status_macros.h"
#include "server/graph/record_checks.h"
#include "server/graph/verify_checks.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// Whether a row of an index has its record at a revision. One function per keyspace.
using HasRecord = absl::StatusOr<bool> (*)(const VerifyContext& context,
                                           const RecordReader& records,
                                           absl::string_view key, uint64_t number);

bool Names(const google::protobuf::RepeatedPtrField<v1::Source>& sources,
           keys::EntityNumber document, const RecordReader& records) {
  const auto numbers = SourceNumbers(sources, records);
  return numbers.ok() && std::binary_search(numbers->begin(), numbers->end(), document);
}

absl::StatusOr<bool> EntityIdHasRecord(const VerifyContext&, const RecordReader& records,
                                       absl::string_view key, uint64_t number) {
  ASSIGN_OR_RETURN(const absl::optional<EntityRecord> record, records.ReadEntity(number));
  if (!record.has_value()) return false;
  const auto id = schema::ParseEntityId(record->entity.id(), "id");
  return id.ok() && keys::EntityIdKey(record->kind, id->key) == key;
}

absl::StatusOr<bool> StatementIdHasRecord(const VerifyContext&,
                                          const RecordReader& records,
                                          absl::string_view key, uint64_t number) {
  ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                   records.ReadStatement(number));
  return record.has_value() && keys::StatementIdKey(record->statement.id()) == key;
}

absl::StatusOr<bool> ValueHasRecord(const VerifyContext&, const RecordReader& records,
                                    absl::string_view key, uint64_t facet) {
  const keys::StatementNumber number = keys::LastBe64(key);
  ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                   records.ReadStatement(number));
  return record.has_value() && record->object == 0 && record->facet == facet &&
         keys::ValueKey(record->subject, record->predicate, number) == key;
}

absl::StatusOr<bool> PredicateHasRecord(const VerifyContext&, const RecordReader& records,
                                        absl::string_view key, uint64_t facet) {
  const keys::StatementNumber number = keys::LastBe64(key);
  ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                   records.ReadStatement(number));
  return record.has_value() && record->facet == facet &&
         keys::PredicateIndexKey(record->predicate, number) == key;
}

absl::StatusOr<bool> SourceHasRecord(const VerifyContext&, const RecordReader& records,
                                     absl::string_view key, uint64_t facet) {
  const keys::EntityNumber document = keys::Decoder(key).Be64();
  const uint64_t number = keys::LastBe64(key);
  if (keys::SourceStatementKey(document, number) == key) {
    ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                     records.ReadStatement(number));
    return record.has_value() && record->facet == facet &&
           Names(record->statement.sources(), document, records);
  }
  if (keys::SourceEntityKey(document, number) != key) return false;
  ASSIGN_OR_RETURN(const absl::optional<EntityRecord> record, records.ReadEntity(number));
  return record.has_value() && Names(record->entity.sources(), document, records);
}

absl::StatusOr<bool> TextHasRecord(const VerifyContext& context,
                                   const RecordReader& records, absl::string_view key,
                                   uint64_t) {
  if (context.index() == nullptr) return false;
  const keys::EntityNumber number = keys::LastBe64(key);
  ASSIGN_OR_RETURN(const absl::optional<EntityRecord> record, records.ReadEntity(number));
  return record.has_value() &&
         context.index()->Keys(number, record->entity).count(std::string(key)) > 0;
}

absl::Status CheckIndexRow(VerifyContext& context, kv::Keyspace keyspace,
                           HasRecord has_record, const RowLife& row) {
  const std::string name = RowName(keyspace, row.key);
  keys::IndexRow index_row;
  // All but the keys of ids end with a number.
  const bool numbered = keyspace != keys::kEntityId && keyspace != keys::kStatementId;
  if ((numbered && row.key.size() < sizeof(uint64_t)) ||
      !keys::IndexRow::Decode(row.value, &index_row)) {
    context.Add("I3", name, "The row cannot be decoded.");
    return absl::OkStatus();
  }
  for (const keys::Revision revision : std::set<keys::Revision>{row.first, row.last}) {
    const absl::StatusOr<bool> found =
        has_record(context, context.At(revision), row.key, index_row.number);
    if (!found.ok()) return context.AddIfCorrupt(found.status(), name);
    if (!*found) {
      context.Add("I3", name,
                  absl::StrCat("At revision ", revision, " the row has no such record."));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckIndexRows(VerifyContext& context) {
  constexpr struct {
    kv::Keyspace keyspace;
    HasRecord has_record;
  } kIndexes[] = {
      {keys::kEntityId, EntityIdHasRecord},  {keys::kStatementId, StatementIdHasRecord},
      {keys::kValue, ValueHasRecord},        {keys::kPredicateIndex, PredicateHasRecord},
      {keys::kSourceIndex, SourceHasRecord}, {keys::kText, TextHasRecord},
  };
  for (const auto& index : kIndexes) {
    RETURN_IF_ERROR(ForEachRow(context, index.keyspace, [&](const RowLife& row) {
      return CheckIndexRow(context, index.keyspace, index.has_record, row);
    }));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
