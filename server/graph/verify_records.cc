#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/status_macros.h"
#include "server/graph/record_checks.h"
#include "server/graph/verify_checks.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"
#include "server/schema/visibility.h"

namespace labgraph::graph {
namespace {

// One record as it stood at one revision, and the store around it then.
class RecordCheck {
 public:
  RecordCheck(VerifyContext* context, std::string name, keys::Revision revision)
      : context_(*context),
        name_(std::move(name)),
        revision_(revision),
        records_(context->At(revision)) {}

  absl::Status Statement(keys::StatementNumber number, keys::Revision version);
  absl::Status Entity(keys::EntityNumber number, keys::Revision version);

 private:
  void Add(absl::string_view invariant, absl::string_view problem) {
    context_.Add(invariant, name_,
                 absl::StrCat("At revision ", revision_, ": ", problem));
  }

  // I3: that the row is there and holds `number`.
  absl::Status Row(kv::Keyspace keyspace, const std::string& key, uint64_t number);
  // I2: that an end of a statement exists under its id.
  absl::Status End(const std::string& id, keys::EntityNumber number);
  absl::Status Edges(const StatementRecord& record);
  absl::Status Sources(const google::protobuf::RepeatedPtrField<v1::Source>& sources,
                       absl::optional<StatementRecord> statement,
                       keys::EntityNumber entity);
  void CheckVisibility(const std::string& visibility);
  void CheckFacet(const StatementRecord& record);

  VerifyContext& context_;
  const std::string name_;
  const keys::Revision revision_;
  const RecordReader records_;
};

absl::Status RecordCheck::Row(kv::Keyspace keyspace, const std::string& key,
                              uint64_t number) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   records_.rows().Get(keyspace, key));
  keys::IndexRow row;
  if (!bytes.has_value() || !keys::IndexRow::Decode(*bytes, &row) ||
      row.number != number) {
    Add("I3", absl::StrCat("Its row ", RowName(keyspace, key), " is missing or wrong."));
  }
  return absl::OkStatus();
}

absl::Status RecordCheck::End(const std::string& id, keys::EntityNumber number) {
  ASSIGN_OR_RETURN(const absl::optional<EntityRecord> entity,
                   records_.ReadEntity(number));
  if (!entity.has_value() || entity->entity.id() != id) {
    Add("I2", absl::StrCat("Entity ", number, ", \"", id, "\", does not exist."));
  }
  return absl::OkStatus();
}

absl::Status RecordCheck::Edges(const StatementRecord& record) {
  ASSIGN_OR_RETURN(
      const absl::optional<keys::Edge> out,
      FindEdgeAt(context_.reader(), keys::kOut,
                 {record.subject, record.predicate, record.object, record.number},
                 revision_));
  ASSIGN_OR_RETURN(
      const absl::optional<keys::Edge> in,
      FindEdgeAt(context_.reader(), keys::kIn,
                 {record.object, record.predicate, record.subject, record.number},
                 revision_));
  if (!out.has_value() || !in.has_value()) {
    Add("I1",
        absl::StrCat("Its edge is missing in ", out.has_value() ? "in" : "out", "."));
  } else if (out->revision != in->revision || out->facet != in->facet ||
             out->facet != record.facet) {
    Add("I1", "Its edges in out and in differ from it or from each other.");
  }
  return absl::OkStatus();
}

// The sources of `statement`, or of `entity` where that is absent.
absl::Status RecordCheck::Sources(
    const google::protobuf::RepeatedPtrField<v1::Source>& sources,
    absl::optional<StatementRecord> statement, keys::EntityNumber entity) {
  for (const v1::Source& source : sources) {
    for (const std::string* id : {&source.document(), &source.asserted_by()}) {
      if (id->empty()) continue;
      const auto number = records_.FindEntity(*id, "sources");
      if (!number.ok() || !number->has_value()) {
        Add("I2", absl::StrCat("Its source \"", *id, "\" does not exist."));
      }
    }
  }
  ASSIGN_OR_RETURN(const std::vector<keys::EntityNumber> documents,
                   SourceNumbers(sources, records_));
  for (const keys::EntityNumber document : documents) {
    RETURN_IF_ERROR(
        statement.has_value()
            ? Row(keys::kSourceIndex,
                  keys::SourceStatementKey(document, statement->number), statement->facet)
            : Row(keys::kSourceIndex, keys::SourceEntityKey(document, entity), 0));
  }
  return absl::OkStatus();
}

void RecordCheck::CheckVisibility(const std::string& visibility) {
  const auto parsed = schema::Visibility::Parse(visibility);
  if (visibility.empty() || !parsed.ok() || parsed->canonical() != visibility) {
    Add("I7",
        absl::StrCat("Its visibility \"", visibility, "\" is empty or not canonical."));
  }
}

void RecordCheck::CheckFacet(const StatementRecord& record) {
  if (record.facet == 0 || record.facet > context_.facets().size()) {
    return Add("I3", absl::StrCat("Its facet ", record.facet, " does not exist."));
  }
  Facet expected;
  expected.predicate = record.predicate;
  expected.rank = record.statement.rank();
  expected.assertion = record.statement.assertion();
  expected.visibility = record.statement.visibility();
  const auto bounds = schema::ComputeBounds(record.statement.valid());
  if (bounds.ok()) expected.bounds = *bounds;
  if (!bounds.ok() || !(context_.facets().Get(record.facet) == expected)) {
    Add("I3", absl::StrCat("Its facet ", record.facet, " is not that of the record."));
  }
}

absl::Status RecordCheck::Statement(keys::StatementNumber number,
                                    keys::Revision version) {
  const auto read = records_.ReadStatement(number);
  if (!read.ok()) return context_.AddIfCorrupt(read.status(), name_);
  if (!read->has_value() || (*read)->revision != version) {
    Add("I4", "This version is not the one that is read.");
    return absl::OkStatus();
  }
  const StatementRecord& record = **read;
  CheckVisibility(record.statement.visibility());
  CheckFacet(record);
  RETURN_IF_ERROR(End(record.statement.subject(), record.subject));
  RETURN_IF_ERROR(
      Row(keys::kStatementId, keys::StatementIdKey(record.statement.id()), number));
  RETURN_IF_ERROR(Row(keys::kPredicateIndex,
                      keys::PredicateIndexKey(record.predicate, number), record.facet));
  RETURN_IF_ERROR(Sources(record.statement.sources(), record, 0));
  if (record.object == 0) {
    return Row(keys::kValue, keys::ValueKey(record.subject, record.predicate, number),
               record.facet);
  }
  RETURN_IF_ERROR(End(record.statement.object(), record.object));
  return Edges(record);
}

absl::Status RecordCheck::Entity(keys::EntityNumber number, keys::Revision version) {
  const auto read = records_.ReadEntity(number);
  if (!read.ok()) return context_.AddIfCorrupt(read.status(), name_);
  if (!read->has_value() || (*read)->revision != version) {
    Add("I4", "This version is not the one that is read.");
    return absl::OkStatus();
  }
  const EntityRecord& record = **read;
  CheckVisibility(record.entity.visibility());
  const auto id = schema::ParseEntityId(record.entity.id(), "id");
  const schema::Kind* kind = id.ok() ? records_.ontology().FindKind(id->kind) : nullptr;
  if (kind == nullptr || kind->number != record.kind) {
    Add("I8", absl::StrCat("Kind ", record.kind, " is not that of \"", record.entity.id(),
                           "\"."));
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(Row(keys::kEntityId, keys::EntityIdKey(record.kind, id->key), number));
  RETURN_IF_ERROR(Sources(record.entity.sources(), absl::nullopt, number));
  if (context_.index() == nullptr) return absl::OkStatus();
  for (const std::string& key : context_.index()->Keys(number, record.entity)) {
    RETURN_IF_ERROR(Row(keys::kText, key, 0));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckRecords(VerifyContext& context) {
  using Check = absl::Status (RecordCheck::*)(uint64_t, keys::Revision);
  constexpr struct {
    kv::Keyspace keyspace;
    Check check;
  } kRecords[] = {{keys::kEntity, &RecordCheck::Entity},
                  {keys::kStatement, &RecordCheck::Statement}};
  for (const auto& [keyspace, check] : kRecords) {
    const auto visit = [&, keyspace = keyspace,
                        check = check](const RowLife& row) -> absl::Status {
      const std::string name = RowName(keyspace, row.key);
      if (row.key.size() != sizeof(uint64_t)) {
        context.Add("I3", name, "The key is not a number.");
        return absl::OkStatus();
      }
      const uint64_t number = keys::LastBe64(row.key);
      for (const keys::Revision revision :
           std::set<keys::Revision>{row.first, row.last}) {
        RecordCheck at(&context, name, revision);
        RETURN_IF_ERROR((at.*check)(number, row.version));
      }
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(ForEachRow(context, keyspace, visit));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
