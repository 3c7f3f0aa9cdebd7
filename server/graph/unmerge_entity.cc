#include "server/graph/unmerge_entity.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "google/protobuf/util/message_differencer.h"
#include "server/base/deterministic.h"
#include "server/base/error.h"
#include "server/base/error_field.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/effects.h"
#include "server/graph/moved_records.h"
#include "server/graph/record_checks.h"
#include "server/graph/redirects.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

using google::protobuf::util::MessageDifferencer;

// Merges since the one taken back, as far as they bear on what it moved.
class LaterMerges {
 public:
  LaterMerges(const RedirectRow* row, const Draft* draft) : row_(*row), draft_(*draft) {}

  // That none moved the statement on, from an end of `made`, which is it as the merge
  // left it. Error: ENTITY_MERGED.
  absl::Status CheckNotMovedOn(const MergedStatement& merged, const v1::Statement& made);
  // That none joined another statement with it. Error: ENTITY_MERGED.
  absl::Status CheckNotJoined(const std::string& statement);

 private:
  // When a merge was done.
  using Turn = std::pair<keys::Revision, uint32_t>;
  // Of several, the last.
  struct Join {
    Turn turn;
    std::string from;
    std::string into;
  };
  struct Moves {
    std::string into;
    absl::flat_hash_set<std::string> statements;
  };

  absl::StatusOr<const Moves*> MovesFrom(const std::string& id);
  absl::Status FindJoins();
  static Turn TurnOf(const RedirectRow& row) { return {row.revision, row.merge.order()}; }

  const RedirectRow& row_;
  const Draft& draft_;
  absl::flat_hash_map<std::string, Moves> moves_;  // by the id that went
  bool joins_known_ = false;
  absl::flat_hash_map<std::string, Join> joins_;  // by statement
};

absl::Status LaterMerges::CheckNotMovedOn(const MergedStatement& merged,
                                          const v1::Statement& made) {
  for (const std::string* end : {&made.subject(), &made.object()}) {
    if (end->empty() || *end == row_.merge.into()) continue;
    ASSIGN_OR_RETURN(const Moves* moves, MovesFrom(*end));
    if (moves->statements.contains(merged.became())) {
      return errors::EntityMerged("id", *end, moves->into);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<const LaterMerges::Moves*> LaterMerges::MovesFrom(const std::string& id) {
  const auto [it, is_new] = moves_.try_emplace(id);
  Moves& moves = it->second;
  if (!is_new) return &moves;
  const absl::StatusOr<std::string> key = RedirectKey(id, draft_.ontology(), "id");
  if (!key.ok()) return &moves;  // there is no such kind any more
  ASSIGN_OR_RETURN(const absl::optional<RedirectRow> row,
                   ReadRedirect(draft_.records().rows(), *key));
  if (!row.has_value()) return &moves;
  moves.into = row->merge.into();
  for (const MergedStatement& merged : row->merge.statements()) {
    moves.statements.insert(merged.was().id());
  }
  return &moves;
}

absl::Status LaterMerges::CheckNotJoined(const std::string& statement) {
  if (!std::exchange(joins_known_, true)) RETURN_IF_ERROR(FindJoins());
  const auto found = joins_.find(statement);
  if (found == joins_.end()) return absl::OkStatus();
  return errors::EntityMerged("id", found->second.from, found->second.into);
}

absl::Status LaterMerges::FindJoins() {
  absl::flat_hash_set<std::string> ours;
  for (const MergedStatement& merged : row_.merge.statements()) {
    ours.insert(merged.became());
  }
  RowScan scan = draft_.records().rows().Scan(keys::kRedirect, "");
  for (; scan.Valid(); scan.Next()) {
    if (keys::RowRevision(scan.value()) < row_.revision) continue;
    RedirectRow row;
    if (!RedirectRow::Decode(scan.value(), &row)) {
      return errors::StorageCorrupt("redirect", "a redirect cannot be decoded.");
    }
    if (TurnOf(row) < TurnOf(row_)) continue;
    for (const MergedStatement& merged : row.merge.statements()) {
      if (!merged.has_joined() || !ours.contains(merged.became())) continue;
      Join& join = joins_[merged.became()];
      if (TurnOf(row) < join.turn) continue;
      join = {TurnOf(row), row.merge.entity().id(), row.merge.into()};
    }
  }
  return scan.status();
}

// Takes one merge back.
class Unmerger {
 public:
  Unmerger(const RedirectRow* row, Draft* draft)
      : row_(*row),
        from_(row->merge.entity().id()),
        into_(row->merge.into()),
        draft_(*draft),
        later_(row, draft) {}

  absl::Status Run();

 private:
  // Whether what it was merged into is there. Error: ENTITY_MERGED.
  absl::StatusOr<bool> IntoIsThere() const;
  absl::Status Restore(const MergedStatement& merged);
  // The statement as the merge left it.
  v1::Statement Made(const MergedStatement& merged) const;
  // That statement as it is now; nullopt where it is gone. An id may have been given to
  // another since.
  absl::StatusOr<absl::optional<StatementRecord>> FindMade(const std::string& id,
                                                           const v1::Statement& made);
  // Whether a statement that another was joined with is as the merge left it.
  bool IsAsLeft(const MergedStatement& merged, const StatementRecord& current) const;
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
  LaterMerges later_;
  // Ids that the merge had given when it came to a statement, and the way back.
  StatementIds given_;
  StatementIds former_;
  // Statements that stand for what they were before again, and are gone. What the same
  // merge had joined with one of them comes back by itself.
  absl::flat_hash_set<std::string> separated_;
};

absl::Status Unmerger::Run() {
  ASSIGN_OR_RETURN(const bool into_is_there, IntoIsThere());
  RETURN_IF_ERROR(PutFormer(row_.merge.entity()));
  for (const MergedStatement& merged : row_.merge.statements()) {
    if (!merged.became().empty()) RETURN_IF_ERROR(Restore(merged));
  }
  // Those between the two come last: what the other ones became is in their way.
  for (const MergedStatement& merged : row_.merge.statements()) {
    if (merged.became().empty() && into_is_there) {
      RETURN_IF_ERROR(PutFormer(merged.was()));
    }
  }
  for (const v1::Entity& was : row_.merge.citing()) RETURN_IF_ERROR(RestoreCiting(was));
  return absl::OkStatus();
}

absl::StatusOr<bool> Unmerger::IntoIsThere() const {
  const auto number = draft_.records().FindEntity(into_, "id");
  if (ReasonOf(number.status()) == v1::ERROR_REASON_KIND_UNKNOWN) return false;
  RETURN_IF_ERROR(number.status());
  if (number->has_value()) return true;
  RETURN_IF_ERROR(CheckNotMerged(into_, "id", draft_));
  return false;
}

absl::Status Unmerger::Restore(const MergedStatement& merged) {
  const bool moved = IsEnd(from_, merged.was());
  const v1::Statement made = Made(merged);
  ASSIGN_OR_RETURN(const absl::optional<StatementRecord> current,
                   FindMade(merged.became(), made));
  if (moved && merged.was().id() != merged.became()) {
    given_.emplace(merged.was().id(), merged.became());
    former_.emplace(merged.became(), merged.was().id());
  }
  if (!current.has_value() && merged.has_joined() &&
      separated_.contains(merged.became())) {
    return PutFormer(merged.was());
  }
  if (!current.has_value()) {  // retracted since
    return moved ? later_.CheckNotMovedOn(merged, made) : absl::OkStatus();
  }
  if (moved) RETURN_IF_ERROR(later_.CheckNotJoined(merged.became()));
  if (!merged.has_joined()) return RestoreMoved(merged, *current);
  if (IsAsLeft(merged, *current)) RETURN_IF_ERROR(PutFormer(merged.joined()));
  return PutFormer(merged.was());
}

bool Unmerger::IsAsLeft(const MergedStatement& merged,
                        const StatementRecord& current) const {
  if (current.revision <= row_.revision) return true;
  // Taking back a later merge may have put it so.
  v1::Statement left = merged.joined();
  Sources more = merged.was().sources();
  RenameSources(from_, into_, &more);
  left.mutable_sources()->MergeFrom(more);
  LeaveOutDoubles(left.mutable_sources());
  return DeterministicBytes(left) == DeterministicBytes(current.statement);
}

v1::Statement Unmerger::Made(const MergedStatement& merged) const {
  if (merged.has_joined()) return merged.joined();
  v1::Statement made = merged.was();
  if (!IsEnd(from_, made)) return made;
  RenameEnds(from_, into_, &made);
  RenameReferences(given_, draft_.ontology(), &made);
  return made;
}

absl::StatusOr<absl::optional<StatementRecord>> Unmerger::FindMade(
    const std::string& id, const v1::Statement& made) {
  absl::optional<StatementRecord> found;
  ASSIGN_OR_RETURN(const absl::optional<keys::StatementNumber> number,
                   draft_.records().FindStatement(id));
  if (!number.has_value()) return found;
  ASSIGN_OR_RETURN(StatementRecord current, ReadKnown(*number, draft_));
  ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                   draft_.ontology().ResolvePredicate(made.predicate(), "predicate"));
  const v1::Statement& now = current.statement;
  if (ref.predicate->number != current.predicate ||
      !MessageDifferencer::Equals(made.value(), now.value())) {
    return found;
  }
  const auto has_ends = [&](const std::string& subject, const std::string& object) {
    return now.subject() == subject && now.object() == object;
  };
  if (has_ends(made.subject(), made.object()) ||
      (ref.predicate->definition.symmetric() &&
       has_ends(made.object(), made.subject()))) {
    found = std::move(current);
  }
  return found;
}

absl::Status Unmerger::RestoreMoved(const MergedStatement& merged,
                                    const StatementRecord& current) {
  const v1::Statement& was = merged.was();
  const bool changed = current.revision > row_.revision;
  if (!IsEnd(from_, was)) return changed ? absl::OkStatus() : PutFormer(was);
  v1::Statement restored = was;
  if (changed) {
    restored = current.statement;
    RenameReferences(former_, draft_.ontology(), &restored);
    restored.set_id(was.id());
    restored.set_subject(was.subject());
    if (was.has_object()) restored.set_object(was.object());
    if (was.has_value()) *restored.mutable_value() = was.value();
  }
  RETURN_IF_ERROR(WriteStatement(&current, nullptr, "", draft_));
  separated_.insert(merged.became());
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
  Sources kept;
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
  LeaveOutDoubles(record.mutable_sources());
  return Put(std::move(record), draft_);
}

}  // namespace

absl::Status UnmergeEntity(const v1::UnmergeEntity& request, Draft& draft) {
  ASSIGN_OR_RETURN(const std::string key,
                   RedirectKey(request.id(), draft.ontology(), "id"));
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
  // What is put back is nothing that the request has a field for.
  return WithField(status, "id");
}

}  // namespace labgraph::graph
