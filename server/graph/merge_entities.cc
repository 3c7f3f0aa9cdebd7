#include "server/graph/merge_entities.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/base/deterministic.h"
#include "server/base/error_field.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/effects.h"
#include "server/graph/moved_records.h"
#include "server/graph/put_records.h"
#include "server/graph/record_checks.h"
#include "server/graph/redirects.h"
#include "server/graph/references.h"
#include "server/graph/statement_draft.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

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
      : from_(from), into_(into), draft_(*draft) {
    merge_.set_into(into);
    merge_.set_order(draft->NoteMerged());
  }

  absl::Status Run(keys::EntityNumber number, const std::string& key);

 private:
  // Moves what is said of the entity. Nothing of it is left when the first statement is
  // put, so that none clashes with one that is to be moved after it.
  absl::Status MoveAll(const std::set<keys::StatementNumber>& statements);
  absl::Status Move(const v1::Statement& was);
  // Makes `moved`, with the ends it is to have; joins it with one that is there already.
  absl::Status MoveOrJoin(v1::Statement moved, MergedStatement* merged);
  // Renames the entity among the sources of a statement that is not about it.
  absl::Status Cite(const v1::Statement& was);
  absl::Status Cite(keys::EntityNumber number);

  const std::string& from_;
  const std::string& into_;
  Draft& draft_;
  Merge merge_;
  StatementIds moved_ids_;  // of statements that were moved, and those they have now
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
  RETURN_IF_ERROR(MoveAll(references.statements));
  for (const keys::EntityNumber entity : references.entities) {
    RETURN_IF_ERROR(Cite(entity));
  }
  ASSIGN_OR_RETURN(const EntityRecord gone, ReadKnownEntity(number, draft_));
  RETURN_IF_ERROR(WriteEntity(&gone, nullptr, "", draft_));
  *merge_.mutable_entity() = gone.entity;
  RETURN_IF_ERROR(draft_.writer().Put(
      keys::kRedirect, key, RedirectRow{draft_.revision(), std::move(merge_)}.Encode()));
  v1::Redirect redirect;
  redirect.set_id(from_);
  redirect.set_into(into_);
  draft_.change().Note(keys::ChangeKind::kRedirect, DeterministicBytes(redirect));
  return absl::OkStatus();
}

absl::Status Merger::MoveAll(const std::set<keys::StatementNumber>& statements) {
  std::vector<StatementRecord> records;
  records.reserve(statements.size());
  for (const keys::StatementNumber number : statements) {
    ASSIGN_OR_RETURN(records.emplace_back(), ReadKnown(number, draft_));
    if (!IsEnd(from_, records.back().statement)) continue;
    RETURN_IF_ERROR(WriteStatement(&records.back(), nullptr, "", draft_));
  }
  for (const StatementRecord& record : records) {
    if (IsEnd(from_, record.statement)) {
      RETURN_IF_ERROR(Move(record.statement));
    } else {
      // As it is by now: one before may have been joined with it.
      ASSIGN_OR_RETURN(const StatementRecord now, ReadKnown(record.number, draft_));
      RETURN_IF_ERROR(Cite(now.statement));
    }
  }
  return absl::OkStatus();
}

absl::Status Merger::Cite(const v1::Statement& was) {
  MergedStatement* merged = merge_.add_statements();
  *merged->mutable_was() = was;
  merged->set_became(was.id());
  v1::Statement renamed = was;
  RenameSources(from_, into_, renamed.mutable_sources());
  return Put(std::move(renamed), draft_);
}

absl::Status Merger::Move(const v1::Statement& was) {
  MergedStatement* merged = merge_.add_statements();
  *merged->mutable_was() = was;
  v1::Statement moved = was;
  RenameSources(from_, into_, moved.mutable_sources());
  if (IsDerivedId(moved.id())) moved.clear_id();
  RenameEnds(from_, into_, &moved);
  if (moved.has_object() && moved.object() == moved.subject()) return absl::OkStatus();
  RenameReferences(moved_ids_, draft_.ontology(), &moved);
  RETURN_IF_ERROR(MoveOrJoin(std::move(moved), merged));
  if (merged->became() != was.id()) moved_ids_.emplace(was.id(), merged->became());
  return absl::OkStatus();
}

absl::Status Merger::MoveOrJoin(v1::Statement moved, MergedStatement* merged) {
  ASSIGN_OR_RETURN(StatementDraft prepared, PrepareStatement(std::move(moved), draft_));
  merged->set_became(prepared.statement.id());
  if (prepared.before.has_value()) {
    *merged->mutable_joined() = prepared.before->statement;
    v1::Statement joined = prepared.before->statement;
    joined.mutable_sources()->MergeFrom(prepared.statement.sources());
    LeaveOutDoubles(joined.mutable_sources());
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

}  // namespace

absl::StatusOr<bool> MergeEntities(const v1::MergeEntities& request, Draft& draft) {
  const std::string& from = request.from();
  const std::string& into = request.into();
  ASSIGN_OR_RETURN(const std::string key, RedirectKey(from, draft.ontology(), "from"));
  if (from == into) {
    return errors::FieldInvalid("into", "An entity cannot be merged into itself.");
  }
  RETURN_IF_ERROR(FindNamed(into, "into", draft).status());
  ASSIGN_OR_RETURN(const absl::optional<RedirectRow> before,
                   ReadRedirect(draft.records().rows(), key));
  if (before.has_value() && before->merge.into() == into) return false;
  ASSIGN_OR_RETURN(const keys::EntityNumber goes, FindNamed(from, "from", draft));
  draft.set_restoring(true);
  const absl::Status status = Merger(from, into, &draft).Run(goes, key);
  draft.set_restoring(false);
  // What was moved is nothing that the request has a field for.
  if (!status.ok()) return WithField(status, "from");
  return true;
}

}  // namespace labgraph::graph
