#include "server/graph/merge_entities.h"

#include <algorithm>
#include <string>
#include <utility>

#include "google/protobuf/util/message_differencer.h"
#include "server/base/deterministic.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/effects.h"
#include "server/graph/entity_draft.h"
#include "server/graph/put_records.h"
#include "server/graph/record_checks.h"
#include "server/graph/redirects.h"
#include "server/graph/references.h"
#include "server/graph/statement_draft.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

using google::protobuf::RepeatedPtrField;
using google::protobuf::util::MessageDifferencer;

void Rename(const std::string& from, const std::string& to, std::string* id) {
  if (*id == from) *id = to;
}

// Puts `to` in the place of `from` and leaves out sources that are there twice then.
void RenameSources(const std::string& from, const std::string& to,
                   RepeatedPtrField<v1::Source>* sources) {
  RepeatedPtrField<v1::Source> renamed;
  for (v1::Source source : *sources) {
    Rename(from, to, source.mutable_document());
    if (!source.asserted_by().empty()) Rename(from, to, source.mutable_asserted_by());
    const bool there =
        std::any_of(renamed.begin(), renamed.end(), [&](const v1::Source& other) {
          return MessageDifferencer::Equals(source, other);
        });
    if (!there) *renamed.Add() = std::move(source);
  }
  sources->Swap(&renamed);
}

// Adds those of `more` that are not there.
void AddSources(const RepeatedPtrField<v1::Source>& more,
                RepeatedPtrField<v1::Source>* sources) {
  for (const v1::Source& source : more) *sources->Add() = source;
  RenameSources("", "", sources);
}

// Exchanges an entity for another in a statement's ends.
void RenameEnds(const std::string& from, const std::string& to,
                v1::Statement* statement) {
  Rename(from, to, statement->mutable_subject());
  if (statement->has_object()) Rename(from, to, statement->mutable_object());
}

bool IsEnd(const std::string& id, const v1::Statement& statement) {
  return statement.subject() == id || statement.object() == id;
}

// An existing record, by number. Errors: STORAGE_FAILED; STORAGE_CORRUPT where there is
// none.
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

// The key of kEntityId and kRedirect.
absl::StatusOr<std::string> KeyOf(const std::string& id, const Draft& draft,
                                  absl::string_view field) {
  ASSIGN_OR_RETURN(const schema::EntityId parsed, schema::ParseEntityId(id, field));
  ASSIGN_OR_RETURN(const schema::Kind* kind,
                   draft.ontology().ResolveKind(parsed.kind, field));
  return keys::EntityIdKey(kind->number, parsed.key);
}

// An entity that a merge names.
absl::StatusOr<keys::EntityNumber> FindNamed(const std::string& id,
                                             absl::string_view field,
                                             const Draft& draft) {
  ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> number,
                   draft.records().FindEntity(id, field));
  if (number.has_value()) return *number;
  RETURN_IF_ERROR(CheckNotMerged(id, field, draft));
  return errors::EntityNotFound(field, id);
}

// Does one merge.
class Merger {
 public:
  Merger(const std::string& from, const std::string& into, Draft* draft)
      : from_(from), into_(into), draft_(*draft) {}

  absl::Status Run(keys::EntityNumber number, const std::string& key);

 private:
  absl::Status Move(const StatementRecord& record);
  // Makes `moved`, with the ends it is to have; joins it with one that is there already.
  absl::Status MoveOrJoin(v1::Statement moved, MergedStatement* merged);
  absl::Status Cite(keys::EntityNumber number);

  const std::string& from_;
  const std::string& into_;
  Draft& draft_;
  Merge merge_;
};

absl::Status Merger::Run(keys::EntityNumber number, const std::string& key) {
  const uint64_t most = limits::kMutationDerived.value - draft_.cascaded();
  ASSIGN_OR_RETURN(const References references,
                   FindReferences(number, most, draft_.records()));
  if (references.size() > most) {
    return errors::LimitExceeded("from", limits::kMutationDerived,
                                 draft_.cascaded() + references.size());
  }
  draft_.cascaded() += references.size();
  for (const keys::StatementNumber statement : references.statements) {
    ASSIGN_OR_RETURN(const StatementRecord record, ReadKnown(statement, draft_));
    RETURN_IF_ERROR(Move(record));
  }
  for (const keys::EntityNumber entity : references.entities) {
    RETURN_IF_ERROR(Cite(entity));
  }
  ASSIGN_OR_RETURN(const EntityRecord gone, ReadKnownEntity(number, draft_));
  RETURN_IF_ERROR(WriteEntity(&gone, nullptr, "", draft_));
  *merge_.mutable_entity() = gone.entity;
  merge_.set_into(into_);
  RETURN_IF_ERROR(draft_.writer().Put(
      keys::kRedirect, key, RedirectRow{draft_.revision(), std::move(merge_)}.Encode()));
  v1::Redirect redirect;
  redirect.set_id(from_);
  redirect.set_into(into_);
  draft_.change().Note(keys::ChangeKind::kRedirect, DeterministicBytes(redirect));
  return absl::OkStatus();
}

absl::Status Merger::Move(const StatementRecord& record) {
  MergedStatement* merged = merge_.add_statements();
  *merged->mutable_was() = record.statement;
  v1::Statement moved = record.statement;
  RenameSources(from_, into_, moved.mutable_sources());
  if (!IsEnd(from_, record.statement)) {
    merged->set_became(moved.id());
    return Put(std::move(moved), draft_);
  }
  RETURN_IF_ERROR(WriteStatement(&record, nullptr, "", draft_));
  if (IsDerivedId(moved.id())) moved.clear_id();
  RenameEnds(from_, into_, &moved);
  if (moved.has_object() && moved.object() == moved.subject()) return absl::OkStatus();
  return MoveOrJoin(std::move(moved), merged);
}

absl::Status Merger::MoveOrJoin(v1::Statement moved, MergedStatement* merged) {
  ASSIGN_OR_RETURN(StatementDraft prepared, PrepareStatement(std::move(moved), draft_));
  merged->set_became(prepared.statement.id());
  if (prepared.before.has_value()) {
    *merged->mutable_joined() = prepared.before->statement;
    v1::Statement joined = prepared.before->statement;
    AddSources(prepared.statement.sources(), joined.mutable_sources());
    return Put(std::move(joined), draft_);
  }
  return PutPrepared(std::move(prepared), draft_).status();
}

absl::Status Merger::Cite(keys::EntityNumber number) {
  ASSIGN_OR_RETURN(const EntityRecord record, ReadKnownEntity(number, draft_));
  *merge_.add_citing() = record.entity;
  v1::Entity renamed = record.entity;
  RenameSources(from_, into_, renamed.mutable_sources());
  return Put(std::move(renamed), draft_);
}

// Takes one merge back.
class Unmerger {
 public:
  Unmerger(const RedirectRow* row, Draft* draft)
      : row_(*row),
        from_(row->merge.entity().id()),
        into_(row->merge.into()),
        draft_(*draft) {}

  absl::Status Run();

 private:
  absl::Status Restore(const MergedStatement& merged);
  // Whether a statement says what `former` said, of the entity that stayed. An id may
  // have been given to another since.
  absl::StatusOr<bool> IsStill(const v1::Statement& former,
                               const StatementRecord& current) const;
  absl::Status RestoreMoved(const MergedStatement& merged,
                            const StatementRecord& current);
  absl::Status RestoreCiting(const v1::Entity& was);
  // Puts a record as it was, without the sources that are no longer there.
  template <typename Record>
  absl::Status PutFormer(Record record);
  // Where an id leads to now: itself, what it was merged into, or nothing.
  absl::StatusOr<absl::optional<std::string>> Present(const std::string& id) const;

  const RedirectRow& row_;
  const std::string& from_;
  const std::string& into_;
  Draft& draft_;
};

absl::Status Unmerger::Run() {
  RETURN_IF_ERROR(PutFormer(row_.merge.entity()));
  for (const MergedStatement& merged : row_.merge.statements()) {
    RETURN_IF_ERROR(Restore(merged));
  }
  for (const v1::Entity& was : row_.merge.citing()) RETURN_IF_ERROR(RestoreCiting(was));
  return absl::OkStatus();
}

absl::Status Unmerger::Restore(const MergedStatement& merged) {
  if (merged.became().empty()) {  // between the two
    ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> into,
                     draft_.records().FindEntity(into_, "id"));
    return into.has_value() ? PutFormer(merged.was()) : absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const absl::optional<keys::StatementNumber> number,
                   draft_.records().FindStatement(merged.became()));
  if (!number.has_value()) return absl::OkStatus();  // retracted since
  ASSIGN_OR_RETURN(const StatementRecord current, ReadKnown(*number, draft_));
  ASSIGN_OR_RETURN(
      const bool still,
      IsStill(merged.has_joined() ? merged.joined() : merged.was(), current));
  if (!still) return absl::OkStatus();
  if (!merged.has_joined()) return RestoreMoved(merged, current);
  if (current.revision <= row_.revision) RETURN_IF_ERROR(PutFormer(merged.joined()));
  return PutFormer(merged.was());
}

absl::StatusOr<bool> Unmerger::IsStill(const v1::Statement& former,
                                       const StatementRecord& current) const {
  v1::Statement expected = former;
  RenameEnds(from_, into_, &expected);
  ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                   draft_.ontology().ResolvePredicate(expected.predicate(), "predicate"));
  const v1::Statement& now = current.statement;
  if (ref.predicate->number != current.predicate ||
      !MessageDifferencer::Equals(expected.value(), now.value())) {
    return false;
  }
  const auto has_ends = [&](const std::string& subject, const std::string& object) {
    return now.subject() == subject && now.object() == object;
  };
  return has_ends(expected.subject(), expected.object()) ||
         (ref.predicate->definition.symmetric() &&
          has_ends(expected.object(), expected.subject()));
}

absl::Status Unmerger::RestoreMoved(const MergedStatement& merged,
                                    const StatementRecord& current) {
  const bool moved = IsEnd(from_, merged.was());
  const bool changed = current.revision > row_.revision;
  if (!moved) return changed ? absl::OkStatus() : PutFormer(merged.was());
  v1::Statement restored = merged.was();
  if (changed) {
    restored = current.statement;
    restored.set_id(merged.was().id());
    restored.set_subject(merged.was().subject());
    if (restored.has_object()) restored.set_object(merged.was().object());
  }
  RETURN_IF_ERROR(WriteStatement(&current, nullptr, "", draft_));
  return PutFormer(std::move(restored));
}

absl::Status Unmerger::RestoreCiting(const v1::Entity& was) {
  ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> number,
                   draft_.records().FindEntity(was.id(), "id"));
  if (!number.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const EntityRecord current, ReadKnownEntity(*number, draft_));
  return current.revision > row_.revision ? absl::OkStatus() : PutFormer(was);
}

absl::StatusOr<absl::optional<std::string>> Unmerger::Present(
    const std::string& id) const {
  absl::optional<std::string> present = id;
  while (present.has_value()) {
    ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> number,
                     draft_.records().FindEntity(*present, "sources"));
    if (number.has_value()) return present;
    ASSIGN_OR_RETURN(present, draft_.records().RedirectOf(*present, "sources"));
  }
  return present;
}

template <typename Record>
absl::Status Unmerger::PutFormer(Record record) {
  RepeatedPtrField<v1::Source> kept;
  for (v1::Source& source : *record.mutable_sources()) {
    bool there = true;
    for (std::string* id : {source.mutable_document(), source.mutable_asserted_by()}) {
      if (id->empty() || *id == from_) continue;
      ASSIGN_OR_RETURN(absl::optional<std::string> present, Present(*id));
      there = there && present.has_value();
      if (present.has_value()) *id = *std::move(present);
    }
    if (there) *kept.Add() = std::move(source);
  }
  record.mutable_sources()->Swap(&kept);
  RenameSources("", "", record.mutable_sources());  // leaves out what is there twice
  return Put(std::move(record), draft_);
}

}  // namespace

absl::StatusOr<bool> MergeEntities(const v1::MergeEntities& request, Draft& draft) {
  const std::string& from = request.from();
  const std::string& into = request.into();
  ASSIGN_OR_RETURN(const std::string key, KeyOf(from, draft, "from"));
  if (from == into) {
    return errors::FieldInvalid("into", "An entity cannot be merged into itself.");
  }
  RETURN_IF_ERROR(FindNamed(into, "into", draft).status());
  ASSIGN_OR_RETURN(const absl::optional<RedirectRow> before,
                   ReadRedirect(draft.records().rows(), key));
  if (before.has_value() && before->merge.into() == into) return false;
  ASSIGN_OR_RETURN(const keys::EntityNumber goes, FindNamed(from, "from", draft));
  draft.NoteMerged();
  RETURN_IF_ERROR(Merger(from, into, &draft).Run(goes, key));
  return true;
}

absl::Status UnmergeEntity(const v1::UnmergeEntity& request, Draft& draft) {
  ASSIGN_OR_RETURN(const std::string key, KeyOf(request.id(), draft, "id"));
  ASSIGN_OR_RETURN(const absl::optional<RedirectRow> row,
                   ReadRedirect(draft.records().rows(), key));
  if (!row.has_value()) return errors::EntityNotMerged("id", request.id());
  RETURN_IF_ERROR(draft.writer().Delete(keys::kRedirect, key));
  v1::Redirect redirect;
  redirect.set_id(request.id());
  draft.change().Note(keys::ChangeKind::kRedirect, DeterministicBytes(redirect));
  draft.set_restoring(true);
  const absl::Status status = Unmerger(&*row, &draft).Run();
  draft.set_restoring(false);
  return status;
}

}  // namespace labgraph::graph
