#include "server/graph/moved_records.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/entity_draft.h"
#include "server/graph/put_records.h"
#include "server/graph/statement_draft.h"

namespace labgraph::graph {
namespace {

void Rename(const std::string& from, const std::string& to, std::string* id) {
  if (*id == from) *id = to;
}

void RenameReference(const StatementIds& ids, google::protobuf::Value* value) {
  const auto found = ids.find(value->string_value());
  if (found != ids.end()) value->set_string_value(found->second);
}

}  // namespace

absl::StatusOr<StatementRecord> ReadKnown(keys::StatementNumber number,
                                          const Draft& draft) {
  ASSIGN_OR_RETURN(absl::optional<StatementRecord> record,
                   draft.records().ReadStatement(number));
  if (record.has_value()) return *std::move(record);
  return errors::StorageCorrupt("statement",
                                "an index has a statement that is not there.");
}

absl::StatusOr<EntityRecord> ReadKnownEntity(keys::EntityNumber number,
                                             const Draft& draft) {
  ASSIGN_OR_RETURN(absl::optional<EntityRecord> record,
                   draft.records().ReadEntity(number));
  if (record.has_value()) return *std::move(record);
  return errors::StorageCorrupt("entity", "an id has no entity.");
}

absl::Status Put(v1::Statement statement, Draft& draft) {
  ASSIGN_OR_RETURN(StatementDraft prepared,
                   PrepareStatement(std::move(statement), draft));
  return PutPrepared(std::move(prepared), draft).status();
}

absl::Status Put(v1::Entity entity, Draft& draft) {
  ASSIGN_OR_RETURN(EntityDraft prepared, PrepareEntity(std::move(entity), draft));
  return PutPrepared(std::move(prepared), draft).status();
}

void RenameSources(const std::string& from, const std::string& to, Sources* sources) {
  for (v1::Source& source : *sources) {
    Rename(from, to, source.mutable_document());
    if (!source.asserted_by().empty()) Rename(from, to, source.mutable_asserted_by());
  }
  LeaveOutDoubles(sources);
}

void LeaveOutDoubles(Sources* sources) {
  absl::flat_hash_set<std::string> there;
  Sources kept;
  for (v1::Source& source : *sources) {
    if (there.insert(DeterministicBytes(source)).second) *kept.Add() = std::move(source);
  }
  sources->Swap(&kept);
}

void RenameEnds(const std::string& from, const std::string& to,
                v1::Statement* statement) {
  Rename(from, to, statement->mutable_subject());
  if (statement->has_object()) Rename(from, to, statement->mutable_object());
}

bool IsEnd(const std::string& id, const v1::Statement& statement) {
  return statement.subject() == id || statement.object() == id;
}

void RenameReferences(const StatementIds& ids, const schema::Ontology& ontology,
                      v1::Statement* statement) {
  if (ids.empty()) return;
  const schema::PredicateRef ref = ontology.FindPredicate(statement->predicate());
  if (statement->has_value() && ref.predicate != nullptr &&
      ref.predicate->definition.value_type() == v1::VALUE_TYPE_STATEMENT) {
    RenameReference(ids, statement->mutable_value());
  }
  for (auto& [name, value] : *statement->mutable_qualifiers()) {
    const v1::Qualifier* const qualifier = ontology.FindQualifier(name);
    if (qualifier != nullptr && qualifier->value_type() == v1::VALUE_TYPE_STATEMENT) {
      RenameReference(ids, &value);
    }
  }
}

}  // namespace labgraph::graph
