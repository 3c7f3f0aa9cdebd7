#include "server/graph/erase_changes.h"

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/change_log.h"
#include "server/keys/change_row.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

using keys::ChangeItem;
using keys::ChangeKind;
using keys::ChangeRow;

absl::Status Corrupt(keys::Revision revision) {
  return errors::StorageCorrupt(absl::StrCat("change/", revision),
                                "it cannot be decoded.");
}

bool IsHeld(const ChangeItem& item) {
  return item.kind == ChangeKind::kEntity || item.kind == ChangeKind::kStatement;
}

// The record that an item holds itself. REQUIRES: IsHeld.
absl::StatusOr<v1::ChangeEvent> EventOf(const ChangeItem& item, keys::Revision revision) {
  v1::ChangeEvent event;
  const auto size = static_cast<int>(item.content.size());
  const bool parsed =
      item.kind == ChangeKind::kEntity
          ? event.mutable_put_entity()->ParseFromArray(item.content.data(), size)
          : event.mutable_put_statement()->ParseFromArray(item.content.data(), size);
  if (!parsed) return Corrupt(revision);
  return event;
}

absl::StatusOr<std::string> IdIn(const ChangeItem& item, keys::Revision revision) {
  ASSIGN_OR_RETURN(const v1::ChangeEvent event, EventOf(item, revision));
  return event.has_put_entity() ? event.put_entity().id() : event.put_statement().id();
}

absl::Status ForEachChange(
    const kv::Reader& reader,
    absl::FunctionRef<absl::Status(keys::Revision, ChangeRow&)> visit) {
  const std::unique_ptr<kv::Cursor> changes = reader.NewCursor(keys::kChange);
  for (changes->Seek(""); changes->Valid(); changes->Next()) {
    const keys::Revision revision = keys::LastBe64(changes->key());
    ChangeRow row;
    if (!ChangeRow::Decode(changes->value(), &row)) return Corrupt(revision);
    RETURN_IF_ERROR(visit(revision, row));
  }
  return changes->status();
}

// The items of one change without the records of a set; erasures stand in their place.
class ItemEraser {
 public:
  ItemEraser(EraseSet* set, keys::Revision revision) : set_(*set), revision_(revision) {}

  absl::Status Add(const ChangeItem& item);
  bool changed() const { return changed_; }
  // Views into this.
  std::vector<ChangeItem> Take() { return std::move(items_); }

 private:
  void AddRun(const ChangeItem& run, ChangeKind kind);
  absl::Status AddHeld(const ChangeItem& item);
  void AddErasure(const ErasedRecord& record, uint64_t number);
  // The number that the record has at this point; 0 where no row knows it any more,
  // nullopt where the record is not there.
  absl::optional<uint64_t>& NumberOf(const ErasedRecord& record);
  void NoteGone(ChangeKind kind, absl::string_view id) {
    if (const ErasedRecord* record = set_.Find(kind, id); record != nullptr) {
      NumberOf(*record) = absl::nullopt;
    }
  }

  EraseSet& set_;
  const keys::Revision revision_;
  bool changed_ = false;
  absl::flat_hash_map<const ErasedRecord*, absl::optional<uint64_t>> numbers_;
  std::deque<std::string> erasures_;
  std::vector<ChangeItem> items_;
};

absl::Status ItemEraser::Add(const ChangeItem& item) {
  switch (item.kind) {
    case ChangeKind::kEntities:
      AddRun(item, ChangeKind::kEntity);
      return absl::OkStatus();
    case ChangeKind::kStatements:
      AddRun(item, ChangeKind::kStatement);
      return absl::OkStatus();
    case ChangeKind::kEntity:
    case ChangeKind::kStatement:
      return AddHeld(item);
    case ChangeKind::kEntityDeleted:
      NoteGone(ChangeKind::kEntity, item.content);
      break;
    case ChangeKind::kStatementRetracted:
      NoteGone(ChangeKind::kStatement, item.content);
      break;
    default:
      break;
  }
  items_.push_back(item);
  return absl::OkStatus();
}

// A run falls apart where a record is left out.
void ItemEraser::AddRun(const ChangeItem& run, ChangeKind kind) {
  const auto& numbers = set_.numbers(kind);
  uint64_t first = run.first;
  const uint64_t end = run.first + run.count;
  for (auto it = numbers.lower_bound(first); it != numbers.end() && it->first < end;
       ++it) {
    if (it->first > first) items_.push_back({run.kind, first, it->first - first, {}});
    AddErasure(*it->second, it->first);
    NumberOf(*it->second) = it->first;
    first = it->first + 1;
  }
  if (first < end) items_.push_back({run.kind, first, end - first, {}});
}

absl::Status ItemEraser::AddHeld(const ChangeItem& item) {
  ASSIGN_OR_RETURN(const std::string id, IdIn(item, revision_));
  ErasedRecord* const record = set_.Find(item.kind, id);
  if (record == nullptr) {
    items_.push_back(item);
    return absl::OkStatus();
  }
  record->found = changed_ = true;
  absl::optional<uint64_t>& number = NumberOf(*record);
  // An erasure without a number stands for the number that was given there, so that there
  // is one for each.
  if (!number.has_value() || *number != 0) AddErasure(*record, number.value_or(0));
  if (!number.has_value()) number = 0;
  return absl::OkStatus();
}

void ItemEraser::AddErasure(const ErasedRecord& record, uint64_t number) {
  changed_ = true;
  items_.push_back(
      {ChangeKind::kErased, number, 0, erasures_.emplace_back(record.Erasure())});
}

absl::optional<uint64_t>& ItemEraser::NumberOf(const ErasedRecord& record) {
  const auto [it, added] = numbers_.try_emplace(&record);
  if (!added) return it->second;
  for (const VersionRow& version : record.versions) {
    if (version.revision < revision_ &&
        (version.removed == 0 || version.removed >= revision_)) {
      it->second = version.number;
    }
  }
  return it->second;
}

absl::Status EraseFromChange(keys::Revision revision, ChangeRow& row, EraseSet& set,
                             WriteBuffer& buffer) {
  ItemEraser eraser(&set, revision);
  for (const ChangeItem& item : row.items) RETURN_IF_ERROR(eraser.Add(item));
  if (!eraser.changed()) return absl::OkStatus();
  RETURN_IF_ERROR(ReadChange(buffer, revision).status());
  row.items = eraser.Take();
  ASSIGN_OR_RETURN(const std::string digest, DigestOf(buffer, revision, row.items));
  row.digest = digest;
  buffer.Put(keys::kChange, keys::ChangeKey(revision), row.Encode());
  return absl::OkStatus();
}

absl::Status EmptyForgottenChange(keys::Revision revision, const ChangeRow& row,
                                  EraseSet& set, WriteBuffer& buffer) {
  if (!absl::c_any_of(row.items, IsHeld)) return absl::OkStatus();
  for (const ChangeItem& item : row.items) {
    if (!IsHeld(item)) continue;
    ASSIGN_OR_RETURN(const std::string id, IdIn(item, revision));
    ErasedRecord* const record = set.Find(item.kind, id);
    if (record != nullptr) record->found = true;
  }
  buffer.Put(keys::kChange, keys::ChangeKey(revision), WithoutEvents(row));
  return absl::OkStatus();
}

}  // namespace

absl::Status ForEachHeldRecord(
    const kv::Reader& reader, keys::Revision oldest,
    absl::FunctionRef<absl::Status(const v1::ChangeEvent& event)> visit) {
  return ForEachChange(
      reader, [&](keys::Revision revision, ChangeRow& row) -> absl::Status {
        if (revision <= oldest) return absl::OkStatus();
        for (const ChangeItem& item : row.items) {
          if (!IsHeld(item)) continue;
          ASSIGN_OR_RETURN(const v1::ChangeEvent event, EventOf(item, revision));
          RETURN_IF_ERROR(visit(event));
        }
        return absl::OkStatus();
      });
}

absl::Status EraseFromChanges(keys::Revision oldest, EraseSet& set, WriteBuffer& buffer) {
  return ForEachChange(buffer, [&](keys::Revision revision, ChangeRow& row) {
    return revision <= oldest ? EmptyForgottenChange(revision, row, set, buffer)
                              : EraseFromChange(revision, row, set, buffer);
  });
}

}  // namespace labgraph::graph
