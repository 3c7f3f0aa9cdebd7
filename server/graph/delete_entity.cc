#include "server/graph/delete_entity.h"

#include <set>

#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/effects.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

// Everything that refers to an entity.
struct References {
  std::set<keys::StatementNumber> statements;
  std::set<keys::EntityNumber> entities;  // that name it as a source
  size_t size() const { return statements.size() + entities.size(); }
};

// Finds what refers to `number`. Stops when there is more than `most`, whatever is left.
class ReferenceFinder {
 public:
  ReferenceFinder(keys::EntityNumber number, uint64_t most, const Draft& draft)
      : number_(number), most_(most), draft_(draft) {}

  absl::StatusOr<References> Find() {
    RETURN_IF_ERROR(FindEdges(EdgeDirection::kOut));
    RETURN_IF_ERROR(FindEdges(EdgeDirection::kIn));
    RETURN_IF_ERROR(
        FindRows(keys::kValue, keys::ValuePrefix(number_), &found_.statements));
    RETURN_IF_ERROR(FindRows(keys::kSourceIndex, keys::SourceStatementPrefix(number_),
                             &found_.statements));
    RETURN_IF_ERROR(FindRows(keys::kSourceIndex, keys::SourceEntityPrefix(number_),
                             &found_.entities));
    return std::move(found_);
  }

 private:
  bool Enough() const { return found_.size() > most_; }

  absl::Status FindEdges(EdgeDirection direction) {
    EdgeScan scan = draft_.records().Edges(direction, number_);
    while (!Enough() && scan.NextRun()) {
      for (const keys::Edge& edge : scan.edges())
        found_.statements.insert(edge.statement);
    }
    return scan.status();
  }

  // Adds the number at the end of every key with the prefix.
  absl::Status FindRows(kv::Keyspace keyspace, const std::string& prefix,
                        std::set<uint64_t>* numbers) {
    RowScan scan = draft_.records().rows().Scan(keyspace, prefix);
    for (; !Enough() && scan.Valid(); scan.Next()) {
      const uint64_t found = keys::LastBe64(scan.key());
      // An entity may be its own source, which is nothing to clear away.
      if (numbers != &found_.entities || found != number_) numbers->insert(found);
    }
    return scan.status();
  }

  const keys::EntityNumber number_;
  const uint64_t most_;
  const Draft& draft_;
  References found_;
};

absl::Status RetractStatement(keys::StatementNumber number, Draft& draft) {
  ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                   draft.records().ReadStatement(number));
  return record.has_value() ? WriteStatement(&*record, nullptr, "", draft)
                            : absl::OkStatus();
}

// Takes `source` from the sources of an entity.
absl::Status DropSource(keys::EntityNumber number, const std::string& source,
                        Draft& draft) {
  ASSIGN_OR_RETURN(const absl::optional<EntityRecord> before,
                   draft.records().ReadEntity(number));
  if (!before.has_value()) return absl::OkStatus();
  EntityRecord after = *before;
  after.entity.clear_sources();
  for (const v1::Source& kept : before->entity.sources()) {
    if (kept.document() == source) continue;
    v1::Source* copy = after.entity.add_sources();
    *copy = kept;
    if (copy->asserted_by() == source) copy->clear_asserted_by();
  }
  return WriteEntity(&*before, &after, DeterministicBytes(after.entity), draft);
}

// One record that refers to the entity, for the error.
std::string Example(const References& references, const Draft& draft) {
  if (!references.statements.empty()) {
    const auto record = draft.records().ReadStatement(*references.statements.begin());
    return record.ok() && record->has_value() ? (*record)->statement.id() : "";
  }
  const auto record = draft.records().ReadEntity(*references.entities.begin());
  return record.ok() && record->has_value() ? (*record)->entity.id() : "";
}

}  // namespace

absl::Status DeleteEntity(keys::EntityNumber number, bool cascade, Draft& draft) {
  ASSIGN_OR_RETURN(const absl::optional<EntityRecord> record,
                   draft.records().ReadEntity(number));
  if (!record.has_value())
    return errors::StorageCorrupt("entity", "an id has no entity.");
  const std::string& id = record->entity.id();
  const uint64_t most = cascade ? limits::kMutationDerived.value - draft.cascaded() : 0;
  ASSIGN_OR_RETURN(const References references,
                   ReferenceFinder(number, most, draft).Find());
  if (references.size() > most) {
    if (!cascade) return errors::EntityInUse("id", id, Example(references, draft));
    return errors::LimitExceeded("id", limits::kMutationDerived,
                                 draft.cascaded() + references.size());
  }
  draft.cascaded() += references.size();
  for (const keys::StatementNumber statement : references.statements) {
    RETURN_IF_ERROR(RetractStatement(statement, draft));
  }
  for (const keys::EntityNumber entity : references.entities) {
    RETURN_IF_ERROR(DropSource(entity, id, draft));
  }
  return WriteEntity(&*record, nullptr, "", draft);
}

}  // namespace labgraph::graph
