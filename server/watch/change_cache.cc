#include "server/watch/change_cache.h"

#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "server/base/status_macros.h"
#include "server/keys/change_row.h"
#include "server/keys/keyspaces.h"

namespace labgraph::watch {
namespace {

constexpr keys::Revision kMostFollowed = 1000;

// Whether the change erased a record, so that earlier ones say less than they did.
absl::StatusOr<bool> Erases(const kv::Reader& reader, keys::Revision revision) {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   reader.Get(keys::kChange, keys::ChangeKey(revision)));
  keys::ChangeRow row;
  if (!bytes.has_value() || !keys::ChangeRow::Decode(*bytes, &row)) return true;
  return absl::c_any_of(row.items, [](const keys::ChangeItem& item) {
    return item.kind == keys::ChangeKind::kErased;
  });
}

}  // namespace

absl::StatusOr<LoadedChange*> ChangeCache::Get(const graph::Head& head,
                                               keys::Revision revision) {
  RETURN_IF_ERROR(Follow(head));
  const auto known = by_revision_.find(revision);
  if (known != by_revision_.end()) {
    entries_.splice(entries_.begin(), entries_, known->second);
    return known->second->get();
  }
  ASSIGN_OR_RETURN(std::unique_ptr<LoadedChange> change,
                   LoadedChange::Load(head, revision));
  bytes_ += change->bytes();
  entries_.push_front(std::move(change));
  by_revision_[revision] = entries_.begin();
  while (bytes_ > most_bytes_ && entries_.size() > 1) DropLeastUsed();
  return entries_.front().get();
}

absl::Status ChangeCache::Follow(const graph::Head& head) {
  const keys::Revision newest = head.state.head;
  const keys::Revision from = std::exchange(followed_, newest);
  if (from == newest || entries_.empty()) return absl::OkStatus();
  // Where reading what came since costs more than reading anew what is kept.
  if (newest - from > kMostFollowed || from < head.oldest) {
    Clear();
    return absl::OkStatus();
  }
  for (keys::Revision revision = from + 1; revision <= newest; ++revision) {
    const absl::StatusOr<bool> erases = Erases(*head.snapshot, revision);
    if (erases.ok() && !*erases) continue;
    Clear();  // also what nobody could look at may erase
    return erases.status();
  }
  return absl::OkStatus();
}

void ChangeCache::DropLeastUsed() {
  bytes_ -= entries_.back()->bytes();
  by_revision_.erase(entries_.back()->change().revision());
  entries_.pop_back();
}

void ChangeCache::Clear() {
  entries_.clear();
  by_revision_.clear();
  bytes_ = 0;
}

}  // namespace labgraph::watch
