#include "server/kv/overlay.h"

#include "absl/algorithm/container.h"
#include "server/kv/overlay_cursor.h"

namespace labgraph::kv {

ChangeTable& Overlay::Table(Keyspace keyspace) const {
  if (keyspace >= tables_.size()) tables_.resize(keyspace + 1);
  return tables_[keyspace];
}

absl::StatusOr<absl::optional<std::string>> Overlay::Get(Keyspace keyspace,
                                                         absl::string_view key) const {
  const ChangeTable& table = Table(keyspace);
  const absl::optional<ChangeTable::Index> index = table.Find(key);
  if (!index.has_value()) return base_->Get(keyspace, key);
  const absl::optional<absl::string_view>& value = table.at(*index).value;
  if (!value.has_value()) return absl::nullopt;
  return std::string(*value);
}

std::unique_ptr<Cursor> Overlay::NewCursor(Keyspace keyspace) const {
  return std::make_unique<OverlayCursor>(base_->NewCursor(keyspace), &Table(keyspace));
}

void Overlay::Put(Keyspace keyspace, absl::string_view key, absl::string_view value) {
  Set(keyspace, key, arena_.Copy(value));
}

void Overlay::PutNew(Keyspace keyspace, absl::string_view key, absl::string_view value) {
  const ChangeTable::Index index =
      Table(keyspace).Append({arena_.Copy(key), arena_.Copy(value)});
  undo_.push_back({index, keyspace, /*is_first=*/true});
}

void Overlay::Delete(Keyspace keyspace, absl::string_view key) {
  Set(keyspace, key, absl::nullopt);
}

void Overlay::Set(Keyspace keyspace, absl::string_view key,
                  absl::optional<absl::string_view> value) {
  ChangeTable& table = Table(keyspace);
  const absl::optional<ChangeTable::Index> index = table.Find(key);
  if (index.has_value()) {
    ChangeTable::Change& change = table.at(*index);
    undo_.push_back({*index, keyspace, /*is_first=*/false});
    replaced_.push_back(change.value);
    change.value = value;
  } else {
    undo_.push_back(
        {table.Append({arena_.Copy(key), value}), keyspace, /*is_first=*/true});
  }
}

void Overlay::RollBack(Mark mark) {
  for (; undo_.size() > mark; undo_.pop_back()) {
    const Undo& undo = undo_.back();
    ChangeTable& table = tables_[undo.keyspace];
    if (undo.is_first) {
      table.RemoveLast();
    } else {
      table.at(undo.index).value = replaced_.back();
      replaced_.pop_back();
    }
  }
}

Batch Overlay::ToBatch() const {
  size_t changes = 0;
  for (const ChangeTable& table : tables_) changes += table.size();
  Batch batch;
  batch.Reserve(changes);
  for (size_t keyspace = 0; keyspace < tables_.size(); ++keyspace) {
    const ChangeTable& table = tables_[keyspace];
    for (const ChangeTable::Index index : table.Sorted()) {
      const ChangeTable::Change& change = table.at(index);
      batch.Refer({static_cast<Keyspace>(keyspace), change.key, change.value});
    }
  }
  return batch;
}

bool Overlay::empty() const {
  return absl::c_all_of(tables_,
                        [](const ChangeTable& table) { return table.size() == 0; });
}

}  // namespace labgraph::kv
