#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "labgraph/v1/change.pb.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/change_log.h"
#include "server/graph/draft.h"
#include "server/graph/mutations.h"
#include "server/graph/schema_commit.h"
#include "server/graph/tombstones.h"
#include "server/graph/verify_base.h"
#include "server/graph/verify_checks.h"
#include "server/graph/write_buffer.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"

namespace labgraph::graph {
namespace {

// What the change log decides; the rest is answers to requests and the log itself.
constexpr kv::Keyspace kReplayed[] = {
    keys::kSchema,         keys::kEntity,      keys::kEntityId, keys::kStatement,
    keys::kStatementId,    keys::kOut,         keys::kIn,       keys::kValue,
    keys::kPredicateIndex, keys::kSourceIndex, keys::kText,     keys::kPast};

v1::Mutation MutationOf(const v1::ChangeEvent& event) {
  v1::Mutation mutation;
  switch (event.event_case()) {
    case v1::ChangeEvent::kPutEntity:
      *mutation.mutable_put_entity() = event.put_entity();
      break;
    case v1::ChangeEvent::kPutStatement:
      *mutation.mutable_put_statement() = event.put_statement();
      break;
    case v1::ChangeEvent::kRetractStatement:
      mutation.mutable_retract_statement()->set_id(event.retract_statement());
      break;
    case v1::ChangeEvent::kDeleteEntity:
      mutation.mutable_delete_entity()->set_id(event.delete_entity());
      break;
    // Told by the events of the records as well.
    case v1::ChangeEvent::kRedirect:
    case v1::ChangeEvent::kErase:
    case v1::ChangeEvent::kSchema:
    case v1::ChangeEvent::EVENT_NOT_SET:
      break;
  }
  return mutation;
}

// Makes a store again from its changes.
class Replay {
 public:
  // `facets` gets the numbers of the store replayed, so that rows can be compared byte by
  // byte: the log does not say in what order facets were met. `original` is that store.
  Replay(const EntityIndex* index, FacetTable* facets, const kv::Reader* original)
      : index_(index),
        facets_(facets),
        original_(*original),
        store_(kv::NewMemoryStore(keys::Names().size())) {}

  // Takes over what stood at the oldest revision. REQUIRES: called first.
  absl::Status Begin(VerifyContext& context);
  // The revision of `change`, as one batch. `numbers`: see ReadChange.
  absl::Status Apply(const v1::Change& change, const std::vector<uint64_t>& numbers);

  // What the counters of the store ought to be, given those it has: where history was
  // forgotten and nothing was made since, the number of the next record is not known.
  keys::State ExpectedState(const keys::State& given) const;
  std::shared_ptr<const kv::Snapshot> GetSnapshot() const {
    return store_->GetSnapshot();
  }

 private:
  absl::Status ApplySchema(const v1::Schema& schema, Draft& draft);
  // Learns from the number that a record was given how many were made before it.
  void Align(const v1::ChangeEvent& event, uint64_t number, keys::State& state);

  const EntityIndex* const index_;
  FacetTable* const facets_;
  const kv::Reader& original_;
  const std::unique_ptr<kv::Store> store_;
  keys::State state_;
  // Whether next_entity and next_statement are what they were.
  bool entities_aligned_ = true;
  bool statements_aligned_ = true;
  schema::Numbering numbering_;
  std::shared_ptr<const schema::Ontology> ontology_ = schema::Ontology::Empty();
};

absl::Status Replay::ApplySchema(const v1::Schema& schema, Draft& draft) {
  PlannedSchema planned;
  planned.numbering = numbering_;
  ASSIGN_OR_RETURN(planned.ontology,
                   schema::Ontology::CompileStored(schema, &planned.numbering));
  WriteSchema(planned, numbering_, draft);
  numbering_ = std::move(planned.numbering);
  ontology_ = std::move(planned.ontology);
  return absl::OkStatus();
}

absl::Status Replay::Begin(VerifyContext& context) {
  if (context.oldest() == 0) return absl::OkStatus();
  RETURN_IF_ERROR(CopyBase(context, *store_, &state_));
  entities_aligned_ = statements_aligned_ = false;
  ASSIGN_OR_RETURN(numbering_, ReadNumbering(context.reader(), context.state()));
  ontology_ = context.At(context.oldest()).shared_ontology();
  return absl::OkStatus();
}

// The revision that erased a record; 0 where none did.
absl::StatusOr<keys::Revision> RevisionOf(const v1::Erasure& erased,
                                          const kv::Reader& reader) {
  ASSIGN_OR_RETURN(
      const absl::optional<v1::Tombstone> tombstone,
      ReadTombstone(reader, erased.has_entity()
                                ? keys::ErasedEntityKey(erased.entity())
                                : keys::ErasedStatementKey(erased.statement())));
  return tombstone.has_value() ? tombstone->revision() : 0;
}

// A record that was erased had a number, which no other gets. Without one it was made in
// `revision` and changed or removed again by its end, unless it is that which erased it.
absl::Status SkipNumber(const v1::Erasure& erased, uint64_t number,
                        keys::Revision revision, const kv::Reader& original,
                        keys::State& state) {
  uint64_t& next = erased.has_entity() ? state.next_entity : state.next_statement;
  if (number != 0) {
    next = std::max(next, number + 1);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const keys::Revision erased_at, RevisionOf(erased, original));
  if (erased_at != revision) ++next;
  return absl::OkStatus();
}

void Replay::Align(const v1::ChangeEvent& event, uint64_t number, keys::State& state) {
  const auto align = [number](uint64_t& next, bool& aligned) {
    if (aligned || number < next) return;  // one of before
    next = number;
    aligned = true;
  };
  if (event.has_put_entity()) align(state.next_entity, entities_aligned_);
  if (event.has_put_statement()) align(state.next_statement, statements_aligned_);
}

keys::State Replay::ExpectedState(const keys::State& given) const {
  keys::State expected = state_;
  if (!entities_aligned_) expected.next_entity = given.next_entity;
  if (!statements_aligned_) expected.next_statement = given.next_statement;
  return expected;
}

absl::Status Replay::Apply(const v1::Change& change,
                           const std::vector<uint64_t>& numbers) {
  const std::shared_ptr<const kv::Snapshot> snapshot = store_->GetSnapshot();
  WriteBuffer buffer(snapshot.get());
  Draft draft({&buffer, facets_, index_}, state_, ontology_);
  draft.set_restoring(true);
  for (int i = 0; i < change.events_size(); ++i) {
    const v1::ChangeEvent& event = change.events(i);
    if (event.has_schema()) {
      RETURN_IF_ERROR(ApplySchema(event.schema(), draft));
      continue;
    }
    if (event.has_erase()) {
      RETURN_IF_ERROR(SkipNumber(event.erase(), numbers[i], change.revision(), original_,
                                 draft.state()));
    }
    if (event.has_erase() || event.has_redirect()) continue;
    Align(event, numbers[i], draft.state());
    // What one mutation did to many records is one event each here.
    draft.ForgetNames();
    RETURN_IF_ERROR(ApplyMutation(MutationOf(event), 0, draft).status());
  }
  state_ = draft.state();
  state_.head = change.revision();
  state_.head_time_ns =
      change.commit_time().seconds() * 1000000000 + change.commit_time().nanos();
  ASSIGN_OR_RETURN(const kv::Batch batch, buffer.ToBatch());
  return store_->Write(batch);
}

// The rows of one keyspace that replaying ought to make, one after another; of edges each
// by itself, since where their segments are cut depends on edges that are no longer
// there.
class ReplayedRows {
 public:
  ReplayedRows(const kv::Reader& reader, kv::Keyspace keyspace, keys::Revision oldest)
      : keyspace_(keyspace), oldest_(oldest), cursor_(reader.NewCursor(keyspace)) {
    cursor_->Seek("");
    Settle();
  }

  bool Valid() const { return !rows_.empty(); }
  void Next() {
    rows_.pop_front();
    if (!rows_.empty()) return;
    cursor_->Next();
    Settle();
  }
  const std::string& key() const { return rows_.front().first; }
  const std::string& value() const { return rows_.front().second; }
  absl::Status status() const { return cursor_->status(); }

 private:
  bool IsEdges() const { return keyspace_ == keys::kOut || keyspace_ == keys::kIn; }
  // Past rows that went by the oldest revision are leftovers, and redirects are not
  // replayed.
  bool IsLeftOut() const {
    return keyspace_ == keys::kPast && cursor_->key().size() > sizeof(keys::Revision) &&
           (keys::LastBe64(cursor_->key()) <= oldest_ ||
            static_cast<kv::Keyspace>(cursor_->key()[0]) == keys::kRedirect);
  }
  void Settle();
  void TakeApart();

  const kv::Keyspace keyspace_;
  const keys::Revision oldest_;
  const std::unique_ptr<kv::Cursor> cursor_;
  std::deque<std::pair<std::string, std::string>> rows_;  // at the cursor
};

void ReplayedRows::Settle() {
  for (; cursor_->Valid(); cursor_->Next()) {
    if (IsLeftOut()) continue;
    if (IsEdges()) TakeApart();
    if (!IsEdges()) rows_.emplace_back(cursor_->key(), cursor_->value());
    if (!rows_.empty()) return;
  }
}

void ReplayedRows::TakeApart() {
  keys::EdgeKey key;
  std::vector<keys::Edge> edges;
  if (!keys::EdgeKey::Decode(cursor_->key(), &key) ||
      !keys::DecodeSegment(cursor_->value(), &edges)) {
    rows_.emplace_back(cursor_->key(), cursor_->value());
    return;
  }
  for (const keys::Edge& edge : edges) {
    rows_.emplace_back(
        keys::EdgeKey{key.node, key.predicate, edge.neighbor, edge.statement}.Encode(),
        keys::IndexRow{edge.revision, edge.facet}.Encode());
  }
}

// Compares one keyspace of both stores; one finding for the first row that differs.
absl::Status Compare(VerifyContext& context, const kv::Reader& replayed,
                     kv::Keyspace keyspace) {
  ReplayedRows a(context.reader(), keyspace, context.oldest());
  ReplayedRows b(replayed, keyspace, context.oldest());
  for (; a.Valid() && b.Valid() && a.key() == b.key() && a.value() == b.value();
       a.Next()) {
    b.Next();
  }
  RETURN_IF_ERROR(a.status());
  RETURN_IF_ERROR(b.status());
  if (!a.Valid() && !b.Valid()) return absl::OkStatus();
  const bool ours = a.Valid() && (!b.Valid() || a.key() <= b.key());
  context.Add("I5", RowName(keyspace, ours ? a.key() : b.key()),
              "The row is not the one that the change log makes.");
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckReplay(VerifyContext& context) {
  Replay replay(context.index(), &context.facets(), &context.reader());
  RETURN_IF_ERROR(context.AddIfCorrupt(replay.Begin(context), "meta/oldest"));
  for (keys::Revision revision = context.oldest() + 1; revision <= context.state().head;
       ++revision) {
    std::vector<uint64_t> numbers;
    const absl::StatusOr<v1::Change> change =
        ReadChange(context.reader(), revision, &numbers);
    const absl::Status status =
        change.ok() ? replay.Apply(*change, numbers) : change.status();
    if (status.ok()) continue;
    context.Add("I5", absl::StrCat("change/", revision),
                absl::StrCat("It cannot be replayed: ", status.message()));
    return absl::OkStatus();
  }
  const std::shared_ptr<const kv::Snapshot> replayed = replay.GetSnapshot();
  for (const kv::Keyspace keyspace : kReplayed) {
    RETURN_IF_ERROR(Compare(context, *replayed, keyspace));
  }
  if (!(replay.ExpectedState(context.state()) == context.state())) {
    context.Add("I5", "meta/state",
                "The counters are not those that the change log makes.");
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
