#include "server/graph/schema_commit.h"

#include <algorithm>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/base/deterministic.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/statement_draft.h"
#include "server/graph/statement_rules.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/schema/schema_change.h"

namespace labgraph::graph {
namespace {

// The place of the definition called `name` in the request; -1 where it has none.
template <typename Definitions>
int IndexOf(const Definitions& definitions, const std::string& name) {
  for (int i = 0; i < definitions.size(); ++i) {
    if (definitions[i].name() == name) return i;
  }
  return -1;
}

// Moves an error from a definition's place in the whole schema to its place in the
// request.
absl::Status AtRequest(const absl::Status& status, const v1::Schema& whole,
                       const v1::Schema& given) {
  const std::string field = FieldOf(status);
  const size_t open = field.find('[');
  const size_t close = field.find(']');
  int at = -1;
  if (open == std::string::npos || close == std::string::npos ||
      !absl::SimpleAtoi(field.substr(open + 1, close - open - 1), &at)) {
    return AtField(status, "schema");
  }
  const std::string list = field.substr(0, open);
  int index = -1;
  if (list == "kinds") index = IndexOf(given.kinds(), whole.kinds(at).name());
  if (list == "predicates")
    index = IndexOf(given.predicates(), whole.predicates(at).name());
  if (list == "qualifiers")
    index = IndexOf(given.qualifiers(), whole.qualifiers(at).name());
  ErrorBuilder error(ReasonOf(status), status.message());
  for (const char* key : {"name", "limit", "maximum", "actual", "lang"}) {
    if (const std::string value = MetaOf(status, key); !value.empty())
      error.Meta(key, value);
  }
  if (index < 0) return error.Field("schema");
  return error.Field(absl::StrCat("schema.", list, "[", index, field.substr(close)));
}

void AddProblem(v1::ErrorReason reason, std::string field, std::string message,
                SchemaProblems* problems) {
  if (problems->listed.size() >= limits::kProblems.value) return;
  v1::Problem problem;
  problem.set_reason(ReasonName(reason));
  problem.set_field(std::move(field));
  problem.set_message(std::move(message));
  problems->listed.push_back(std::move(problem));
}

// Adds an error about a fact or a definition, `what`, that is wrong `count` times.
void AddError(const absl::Status& error, absl::string_view what, uint64_t count,
              SchemaProblems* problems) {
  problems->count += count;
  const std::string field = FieldOf(error);
  AddProblem(ReasonOf(error), absl::StrCat(what, field.empty() ? "" : ".", field),
             absl::StrCat(what, ": ", error.message()), problems);
}

// Adds that a definition cannot go before `before`, which `list` of the request asks for.
void AddInUse(absl::string_view list,
              const google::protobuf::RepeatedPtrField<std::string>& removed,
              const std::string& name, uint64_t count, absl::string_view before,
              SchemaProblems* problems) {
  const auto at = std::find(removed.begin(), removed.end(), name) - removed.begin();
  const std::string field = absl::StrCat(list, "[", at, "]");
  if (problems->count == 0) problems->field = field;
  problems->count += count;
  AddProblem(
      v1::ERROR_REASON_SCHEMA_BREAKS_FACTS, field,
      absl::StrCat("\"", name, "\" cannot go before ", before, ", ", count, " of them."),
      problems);
}

absl::StatusOr<uint64_t> CountRows(RowScan scan) {
  uint64_t count = 0;
  for (; scan.Valid(); scan.Next()) ++count;
  RETURN_IF_ERROR(scan.status());
  return count;
}

absl::Status CheckKind(const v1::ApplySchemaRequest& request, const std::string& name,
                       const schema::Ontology& before, const Draft& draft,
                       SchemaProblems* problems) {
  const schema::Kind* old_kind = before.FindKind(name);
  const schema::Kind* new_kind = draft.ontology().FindKind(name);
  const bool takes_entities = new_kind != nullptr && !new_kind->definition.abstract();
  if (old_kind == nullptr || takes_entities) return absl::OkStatus();
  // Entities of the very kind, not of one under it.
  ASSIGN_OR_RETURN(const uint64_t entities,
                   CountRows(draft.records().rows().Scan(
                       keys::kEntityId, keys::EntityIdPrefix(old_kind->number))));
  if (entities == 0) return absl::OkStatus();
  if (new_kind == nullptr) {
    AddInUse("remove_kinds", request.remove_kinds(), name, entities,
             "the entities of it are deleted", problems);
  } else {
    AddError(errors::KindAbstract("", name), name, entities, problems);
  }
  return absl::OkStatus();
}

// That a predicate which is removed has no statements.
absl::Status CheckUnused(const v1::ApplySchemaRequest& request,
                         const schema::Predicate& before, const Draft& draft,
                         SchemaProblems* problems) {
  ASSIGN_OR_RETURN(
      const uint64_t statements,
      CountRows(draft.records().rows().Scan(keys::kPredicateIndex,
                                            keys::PredicateIndexPrefix(before.number))));
  if (statements == 0) return absl::OkStatus();
  AddInUse("remove_predicates", request.remove_predicates(), before.definition.name(),
           statements, "the statements that use it are retracted", problems);
  return absl::OkStatus();
}

// Checks every statement of a predicate against the planned schema.
absl::Status CheckPredicate(const schema::Predicate& before, Draft& draft,
                            SchemaProblems* problems) {
  RowScan scan = draft.records().rows().Scan(keys::kPredicateIndex,
                                             keys::PredicateIndexPrefix(before.number));
  for (; scan.Valid(); scan.Next()) {
    ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                     draft.records().ReadStatement(keys::LastBe64(scan.key())));
    if (!record.has_value()) continue;
    const absl::StatusOr<StatementDraft> prepared =
        PrepareStatement(record->statement, draft);
    const absl::Status status =
        prepared.ok() ? CheckStatement(*prepared, draft) : prepared.status();
    if (!status.ok()) AddError(status, record->statement.id(), 1, problems);
  }
  return scan.status();
}

// What of a definition a fact that stands can break: all but its texts and what is asked
// of new facts only.
template <typename Definition>
Definition Constraints(Definition definition) {
  definition.clear_labels();
  definition.clear_descriptions();
  if constexpr (!std::is_same_v<Definition, v1::Qualifier>) {
    definition.clear_standard_term();
    definition.clear_deprecated();
  }
  if constexpr (std::is_same_v<Definition, v1::Predicate>) {
    definition.clear_inverse_labels();
  }
  return definition;
}

template <typename Definition>
bool SameConstraints(const Definition& a, const Definition& b) {
  return DeterministicBytes(Constraints(a)) == DeterministicBytes(Constraints(b));
}

// Whether no fact that stands can break by the difference.
bool IsHarmless(const v1::SchemaDifference& difference, const schema::Ontology& before,
                const schema::Ontology& after) {
  if (difference.outcome() != v1::OUTCOME_UPDATED) {
    return difference.outcome() == v1::OUTCOME_CREATED;
  }
  const std::string& name = difference.name();
  if (difference.type() == "kind") {
    return SameConstraints(before.FindKind(name)->definition,
                           after.FindKind(name)->definition);
  }
  if (difference.type() == "qualifier") {
    return SameConstraints(*before.FindQualifier(name), *after.FindQualifier(name));
  }
  const schema::Predicate* predicate = after.FindPredicate(name).predicate;
  const schema::Predicate* former = before.FindPredicate(predicate->number);
  return former != nullptr && SameConstraints(former->definition, predicate->definition);
}

void WriteNumber(const std::string& key, uint32_t number, Draft& draft) {
  std::string value;
  keys::AppendBe32(number, &value);
  draft.buffer().Put(keys::kSchema, key, value);
}

}  // namespace

absl::StatusOr<PlannedSchema> PlanSchema(const v1::ApplySchemaRequest& request,
                                         const schema::Ontology& before,
                                         const schema::Numbering& numbering) {
  ASSIGN_OR_RETURN(schema::SchemaChange change,
                   schema::ApplyChange(before.definitions(), request));
  RETURN_IF_ERROR(schema::CheckNotNamed(change.schema, request));
  PlannedSchema planned;
  planned.numbering = numbering;
  planned.differences = std::move(change.differences);
  absl::StatusOr<std::shared_ptr<const schema::Ontology>> ontology =
      schema::Ontology::Compile(change.schema, &planned.numbering);
  if (!ontology.ok())
    return AtRequest(ontology.status(), change.schema, request.schema());
  planned.ontology = *std::move(ontology);
  return planned;
}

absl::Status BrokenFacts(const SchemaProblems& problems) {
  const absl::Status error =
      errors::SchemaBreaksFacts(problems.count, problems.listed.front().message());
  return ErrorBuilder(ReasonOf(error), error.message())
      .Field(problems.field)
      .Meta("count", problems.count);
}

absl::StatusOr<SchemaProblems> FindBrokenFacts(const v1::ApplySchemaRequest& request,
                                               const PlannedSchema& planned,
                                               const schema::Ontology& before,
                                               Draft& draft) {
  SchemaProblems problems;
  bool all_predicates = false;  // a kind or qualifier changed under them
  std::set<schema::PredicateNumber> touched;
  for (const v1::SchemaDifference& difference : planned.differences) {
    if (IsHarmless(difference, before, *planned.ontology)) continue;
    if (difference.type() == "predicate") {
      // A removed predicate is in the one, a renamed one in the other only.
      for (const schema::Ontology* ontology : {&before, planned.ontology.get()}) {
        const schema::PredicateRef ref = ontology->FindPredicate(difference.name());
        if (ref.predicate != nullptr) touched.insert(ref.predicate->number);
      }
      continue;
    }
    all_predicates = true;
    if (difference.type() == "kind") {
      RETURN_IF_ERROR(CheckKind(request, difference.name(), before, draft, &problems));
    }
  }
  for (const v1::Predicate& definition : before.definitions().predicates()) {
    const schema::Predicate& predicate =
        *before.FindPredicate(definition.name()).predicate;
    if (planned.ontology->FindPredicate(predicate.number) == nullptr) {
      RETURN_IF_ERROR(CheckUnused(request, predicate, draft, &problems));
    } else if (all_predicates || touched.count(predicate.number) > 0) {
      RETURN_IF_ERROR(CheckPredicate(predicate, draft, &problems));
    }
  }
  return problems;
}

void WriteSchema(const PlannedSchema& planned, const schema::Numbering& before,
                 Draft& draft) {
  const schema::Numbering& after = planned.numbering;
  const v1::Schema& schema = planned.ontology->definitions();
  const std::string bytes = DeterministicBytes(schema);
  draft.buffer().Put(keys::kSchema, keys::SchemaVersionKey(draft.revision()), bytes);
  for (const auto& [name, number] : after.kinds) {
    if (!before.kinds.contains(name))
      WriteNumber(keys::SchemaKindKey(name), number, draft);
  }
  for (const auto& [name, number] : after.predicates) {
    if (!before.predicates.contains(name)) {
      WriteNumber(keys::SchemaPredicateKey(name), number, draft);
    }
  }
  for (const auto& [number, name] : after.original_names) {
    if (before.original_names.contains(number)) continue;
    draft.buffer().Put(keys::kSchema, keys::SchemaOriginalKey(number), name);
  }
  draft.state().next_kind = after.next_kind;
  draft.state().next_predicate = after.next_predicate;
  draft.change().Note(keys::ChangeKind::kSchema, bytes);
}

absl::StatusOr<schema::Numbering> ReadNumbering(const kv::Reader& reader,
                                                const keys::State& state) {
  schema::Numbering numbering;
  numbering.next_kind = state.next_kind;
  numbering.next_predicate = state.next_predicate;
  const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keys::kSchema);
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    const absl::string_view form = cursor->key().substr(0, 1);
    keys::Decoder key(cursor->key().substr(1));
    keys::Decoder value(cursor->value());
    if (form == keys::kSchemaKindPrefix) {
      numbering.kinds[std::string(key.Text())] = value.Be32();
    } else if (form == keys::kSchemaPredicatePrefix) {
      numbering.predicates[std::string(key.Text())] = value.Be32();
    } else if (form == keys::kSchemaOriginalPrefix) {
      numbering.original_names[key.Be32()] = std::string(value.Rest());
    }
    if (!key.ok() || !value.ok()) {
      return errors::StorageCorrupt("schema", "a number cannot be decoded.");
    }
  }
  RETURN_IF_ERROR(cursor->status());
  return numbering;
}

absl::StatusOr<SchemaVersion> ReadSchema(const kv::Reader& reader,
                                         keys::Revision revision) {
  SchemaVersion version;
  ASSIGN_OR_RETURN(version.revision, SchemaRevision(reader, revision));
  if (version.revision == 0) return version;
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   reader.Get(keys::kSchema, keys::SchemaVersionKey(version.revision)));
  if (!bytes.has_value() || !version.schema.ParseFromString(*bytes)) {
    return errors::StorageCorrupt("schema", "a version cannot be decoded.");
  }
  return version;
}

absl::StatusOr<keys::Revision> SchemaRevision(const kv::Reader& reader,
                                              keys::Revision revision) {
  const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keys::kSchema);
  cursor->SeekForPrev(keys::SchemaVersionKey(revision));
  RETURN_IF_ERROR(cursor->status());
  if (!cursor->Valid() || !absl::StartsWith(cursor->key(), keys::kSchemaVersionPrefix)) {
    return 0;
  }
  return keys::LastBe64(cursor->key());
}

}  // namespace labgraph::graph
