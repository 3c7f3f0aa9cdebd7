#include "server/kv/overlay.h"

#include <utility>

#include "server/kv/overlay_cursor.h"

namespace labgraph::kv {

absl::StatusOr<absl::optional<std::string>> Overlay::Get(Keyspace keyspace,
                                                         absl::string_view key) const {
  const Changes& changes = ChangesIn(keyspace);
  auto change = changes.find(key);
  if (change != changes.end()) return change->second;
  return base_->Get(keyspace, key);
}

std::unique_ptr<Cursor> Overlay::NewCursor(Keyspace keyspace) const {
  return std::make_unique<OverlayCursor>(this, keyspace);
}

void Overlay::Put(Keyspace keyspace, absl::string_view key, absl::string_view value) {
  Set(keyspace, key, std::string(value));
}

void Overlay::Delete(Keyspace keyspace, absl::string_view key) {
  Set(keyspace, key, absl::nullopt);
}

void Overlay::Set(Keyspace keyspace, absl::string_view key,
                  absl::optional<std::string> value) {
  ++version_;
  Changes& changes = changes_[keyspace];
  auto change = changes.lower_bound(key);
  if (change != changes.end() && change->first == key) {
    auto before = std::exchange(change->second, std::move(value));
    undo_.push_back({keyspace, change, absl::make_optional(std::move(before))});
  } else {
    change = changes.emplace_hint(change, std::string(key), std::move(value));
    undo_.push_back({keyspace, change, absl::nullopt});
  }
}

void Overlay::RollBack(Mark mark) {
  ++version_;
  for (; undo_.size() > mark; undo_.pop_back()) {
    Undo& undo = undo_.back();
    if (undo.before.has_value()) {
      undo.change->second = *std::move(undo.before);
      continue;
    }
    auto changes = changes_.find(undo.keyspace);
    changes->second.erase(undo.change);
    if (changes->second.empty()) changes_.erase(changes);
  }
}

Batch Overlay::ToBatch() const {
  Batch batch;
  for (const auto& [keyspace, changes] : changes_) {
    for (const auto& [key, value] : changes) {
      if (value.has_value()) {
        batch.Put(keyspace, key, *value);
      } else {
        batch.Delete(keyspace, key);
      }
    }
  }
  return batch;
}

const Overlay::Changes& Overlay::ChangesIn(Keyspace keyspace) const {
  static const Changes* const kNone = new Changes();
  auto changes = changes_.find(keyspace);
  return changes == changes_.end() ? *kNone : changes->second;
}

}  // namespace labgraph::kv
