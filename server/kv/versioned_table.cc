#include "server/kv/versioned_table.h"

#include <utility>

namespace labgraph::kv {

void VersionedTable::Set(absl::string_view key, absl::optional<std::string> value,
                         uint64_t sequence) {
  auto row = rows_.lower_bound(key);
  if (row == rows_.end() || row->first != key) {
    if (!value.has_value()) return;
    row = rows_.emplace_hint(row, std::string(key), Versions());
    row->second.push_back({sequence, std::move(value)});
    return;
  }
  Version& newest = row->second.back();
  if (newest.sequence == sequence) {
    newest.value = std::move(value);
    // Without this a row that came and went in one batch would stay for good.
    if (!newest.value.has_value() && row->second.size() == 1) rows_.erase(row);
    return;
  }
  if (!newest.value.has_value() && !value.has_value()) return;
  row->second.push_back({sequence, std::move(value)});
  replacements_.push_back({sequence, row});
}

void VersionedTable::DropBefore(uint64_t oldest) {
  while (!replacements_.empty() && replacements_.front().sequence <= oldest) {
    DropReplaced(replacements_.front());
    replacements_.pop_front();
  }
}

void VersionedTable::DropReplaced(const Replacement& replacement) {
  Versions& versions = replacement.row->second;
  while (versions.front().sequence < replacement.sequence) versions.pop_front();
  if (versions.size() == 1 && !versions.front().value.has_value()) {
    rows_.erase(replacement.row);
  }
}

const std::string* VersionedTable::ValueAt(const Versions& versions, uint64_t sequence) {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->sequence > sequence) continue;
    return version->value.has_value() ? &*version->value : nullptr;
  }
  return nullptr;
}

}  // namespace labgraph::kv
