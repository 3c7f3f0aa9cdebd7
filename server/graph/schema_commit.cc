#include "server/graph/schema_commit.h"

#include <set>
#include <string>
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

void AddProblem(const absl::Status& error, absl::string_view what,
                SchemaProblems* problems) {
  ++problems->count;
  if (problems->listed.size() >= limits::kProblems.value) return;
  v1::Problem problem;
  problem.set_reason(ReasonName(ReasonOf(error)));
  const std::string field = FieldOf(error);
  problem.set_field(absl::StrCat(what, field.empty() ? "" : ".", field));
  problem.set_message(absl::StrCat(what, ": ", error.message()));
  problems->listed.push_back(std::move(problem));
}

// Whether an entity of the very kind exists.
absl::StatusOr<bool> KindInUse(schema::KindNumber kind, const Draft& draft) {
  const RowScan scan =
      draft.records().rows().Scan(keys::kEntityId, keys::EntityIdPrefix(kind));
  RETURN_IF_ERROR(scan.status());
  return scan.Valid();
}

absl::Status CheckKind(const v1::SchemaDifference& difference,
                       const schema::Ontology& before, const Draft& draft,
                       SchemaProblems* problems) {
  const schema::Kind* old_kind = before.FindKind(difference.name());
  const schema::Kind* new_kind = draft.ontology().FindKind(difference.name());
  const bool takes_entities = new_kind != nullptr && !new_kind->definition.abstract();
  if (old_kind == nullptr || takes_entities) return absl::OkStatus();
  ASSIGN_OR_RETURN(const bool in_use, KindInUse(old_kind->number, draft));
  if (!in_use) return absl::OkStatus();
  AddProblem(new_kind == nullptr
                 ? errors::SchemaInvalid("", difference.name(),
                                         "The kind cannot go while entities are of it.")
                 : errors::KindAbstract("", difference.name()),
             difference.name(), problems);
  return absl::OkStatus();
}

// Checks every statement of a predicate against the planned schema.
absl::Status CheckPredicate(const schema::Predicate& before, Draft& draft,
                            SchemaProblems* problems) {
  const bool stays = draft.ontology().FindPredicate(before.number) != nullptr;
  RowScan scan = draft.records().rows().Scan(keys::kPredicateIndex,
                                             keys::PredicateIndexPrefix(before.number));
  for (; scan.Valid(); scan.Next()) {
    if (!stays) {
      AddProblem(
          errors::SchemaInvalid("", before.definition.name(),
                                "The predicate cannot go while statements use it."),
          before.definition.name(), problems);
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                     draft.records().ReadStatement(keys::LastBe64(scan.key())));
    if (!record.has_value()) continue;
    const absl::StatusOr<StatementDraft> prepared =
        PrepareStatement(record->statement, draft);
    const absl::Status status =
        prepared.ok() ? CheckStatement(*prepared, draft) : prepared.status();
    if (!status.ok()) AddProblem(status, record->statement.id(), problems);
  }
  return scan.status();
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

absl::StatusOr<SchemaProblems> FindBrokenFacts(const PlannedSchema& planned,
                                               const schema::Ontology& before,
                                               Draft& draft) {
  SchemaProblems problems;
  bool all_predicates = false;  // a kind or qualifier changed under them
  std::set<schema::PredicateNumber> touched;
  for (const v1::SchemaDifference& difference : planned.differences) {
    if (difference.outcome() == v1::OUTCOME_CREATED) continue;
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
      RETURN_IF_ERROR(CheckKind(difference, before, draft, &problems));
    }
  }
  for (const v1::Predicate& definition : before.definitions().predicates()) {
    const schema::Predicate& predicate =
        *before.FindPredicate(definition.name()).predicate;
    if (all_predicates || touched.count(predicate.number) > 0) {
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
