#include "server/adjacency/cache.h"

#include <utility>

#include "absl/types/optional.h"
#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"

namespace labgraph::adjacency {
namespace {

// What an entry costs beyond its own bytes: its slot, and what the allocator adds.
constexpr size_t kOverheadBytes = 24;

size_t CostOf(const Entry& entry) { return entry.bytes + kOverheadBytes; }

// The part that rows of a keyspace are kept as.
absl::optional<Part> PartOf(kv::Keyspace keyspace) {
  switch (keyspace) {
    case keys::kOut:
      return Part::kOut;
    case keys::kIn:
      return Part::kIn;
    case keys::kEntity:
      return Part::kCard;
    default:
      return absl::nullopt;
  }
}

}  // namespace

Cache::Cache(size_t budget_bytes) : budget_(budget_bytes) {
  // kMarks is a multiple of kLocks: all slots of a mark have one lock.
  static_assert(kMarks % kLocks == 0);
  for (std::vector<keys::Revision>& marks : marks_) marks.resize(kMarks);
}

Cache::~Cache() {
  for (SlotTable& table : tables_) {
    for (keys::EntityNumber node = table.NextUsed(0); node != 0;
         node = table.NextUsed(node)) {
      FreeEntry()(table.Set(node, nullptr));
    }
  }
}

Cache::Stats Cache::stats() const {
  size_t entries = 0;
  for (const std::atomic<size_t>& part : entries_) entries += part.load();
  return {.bytes = bytes_.load(), .entries = entries, .evicted = evicted_.load()};
}

const Entry* Cache::TakeOut(Part part, keys::EntityNumber node) {
  const Entry* const entry = TableOf(part).Set(node, nullptr);
  if (entry == nullptr) return nullptr;
  bytes_.fetch_sub(CostOf(*entry));
  entries_[static_cast<size_t>(part)].fetch_sub(1);
  return entry;
}

void Cache::OnWritten(const kv::Batch& batch, keys::Revision head) {
  if (budget_ == 0) return;
  std::vector<const Entry*> out;
  keys::EntityNumber last = 0;
  absl::optional<Part> last_part;
  for (const kv::Batch::Operation& operation : batch.operations()) {
    const absl::optional<Part> part = PartOf(operation.keyspace);
    if (!part.has_value()) continue;
    // All three forms begin with the entity.
    const keys::EntityNumber node = keys::Decoder(operation.key).Be64();
    if (node == last && part == last_part) continue;
    last = node;
    last_part = part;
    if (!SlotTable::Fits(node)) continue;
    absl::MutexLock lock(&LockOf(node));
    marks_[static_cast<size_t>(*part)][node % kMarks] = head;
    if (const Entry* entry = TakeOut(*part, node)) out.push_back(entry);
  }
  retired_.Add(std::move(out));
}

bool Cache::Insert(Part part, keys::EntityNumber node, EntryPtr<Entry>& entry) {
  const size_t cost = CostOf(*entry);
  if (!SlotTable::Fits(node) || cost > budget_ / kLargestShare) return false;
  {
    absl::MutexLock lock(&LockOf(node));
    if (marks_[static_cast<size_t>(part)][node % kMarks] > entry->read_at) return false;
    SlotTable& table = TableOf(part);
    if (table.Get(node) != nullptr) return false;
    table.Set(node, entry.release());
    entries_[static_cast<size_t>(part)].fetch_add(1);
    bytes_.fetch_add(cost);
  }
  if (full()) MakeRoom();
  return true;
}

// Goes round the slots like the hand of a clock: what was read since the last round stays
// for another.
void Cache::MakeRoom() {
  if (!evicting_.TryLock()) return;  // another thread is at it
  std::vector<const Entry*> out;
  const size_t goal = budget_ - budget_ / 16;
  for (size_t turn = 0; bytes_.load() > goal; ++turn) {
    const auto part = static_cast<Part>(turn % kParts);
    if (entries_[turn % kParts].load() == 0) continue;
    keys::EntityNumber& hand = hands_[turn % kParts];
    const keys::EntityNumber node = TableOf(part).NextUsed(hand);
    if (node == 0) continue;
    hand = (node + 1) & UINT32_MAX;
    absl::MutexLock lock(&LockOf(node));
    const Entry* const entry = TableOf(part).Get(node);
    if (entry == nullptr || entry->used.exchange(false, std::memory_order_relaxed)) {
      continue;
    }
    out.push_back(TakeOut(part, node));
    evicted_.fetch_add(1, std::memory_order_relaxed);
  }
  evicting_.Unlock();
  retired_.Add(std::move(out));
}

}  // namespace labgraph::adjacency
