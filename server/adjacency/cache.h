#ifndef LABGRAPH_SERVER_ADJACENCY_CACHE_H_
#define LABGRAPH_SERVER_ADJACENCY_CACHE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/adjacency/entry.h"
#include "server/adjacency/retired.h"
#include "server/adjacency/slot_table.h"
#include "server/graph/write_listener.h"
#include "server/keys/keys.h"
#include "server/kv/store.h"

namespace labgraph::adjacency {

// What is kept of an entity.
enum class Part : uint8_t { kOut, kIn, kCard };
inline constexpr size_t kParts = 3;

// Edges and cards of entities in memory, filled as they are read and dropped as they are
// written. Never needed for an answer to be right. Thread-safe; looking up takes no lock.
//
// An entry was read at a revision S and is still there, so nothing of it was written
// since: it is what the store holds at S and at every later revision that a reader can
// have. A reader at revision R may use it when S <= R (Find). It stays so because the
// writer drops what a batch touches before any reader sees the batch's revisions
// (OnWritten), and because an entry that was read before the latest write to its slot, or
// to one that shares its mark, does not get in (Insert).
class Cache final : public graph::WriteListener {
 public:
  // Keeps at most about `budget_bytes`, entries that nobody read for a while going first.
  // 0 keeps nothing.
  explicit Cache(size_t budget_bytes);
  ~Cache() override;

  struct Stats {
    size_t bytes = 0;    // of entries, their allocation and slots included
    size_t entries = 0;  // now
    uint64_t evicted = 0;
  };
  Stats stats() const;
  // No room for more, as far as what is there now goes.
  bool full() const { return bytes_.load(std::memory_order_relaxed) >= budget_; }
  size_t budget_bytes() const { return budget_; }

  void OnWritten(const kv::Batch& batch, keys::Revision head) override;

  // Pins what Find gives. REQUIRES: taken before the first Find, and after the reader
  // took its head.
  Retired::Pin NewPin() const { return retired_.NewPin(); }

  // The entry of `node`, as it stands at `revision`; null where none is kept.
  // REQUIRES: SlotTable::Fits(node).
  const Entry* Find(Part part, keys::EntityNumber node, keys::Revision revision) const {
    const Entry* const entry = TableOf(part).Get(node);
    if (entry == nullptr || entry->read_at > revision) return nullptr;
    if (!entry->used.load(std::memory_order_relaxed)) {
      entry->used.store(true, std::memory_order_relaxed);
    }
    return entry;
  }
  // Brings what Find will touch nearer.
  void PrefetchSlot(Part part, keys::EntityNumber node) const {
    TableOf(part).PrefetchSlot(node);
  }
  void PrefetchEntry(Part part, keys::EntityNumber node) const {
    constexpr int kCacheLine = 64;
    const auto* const entry = reinterpret_cast<const char*>(TableOf(part).Get(node));
    __builtin_prefetch(entry);
    __builtin_prefetch(entry + kCacheLine);
  }

  // Offers what a pinned reader read at entry->read_at. Where it is kept, takes it from
  // `entry` and gives true. False: something newer was written, another is there already,
  // or it is larger than its share of the budget.
  bool Insert(Part part, keys::EntityNumber node, EntryPtr<Entry>& entry);

 private:
  // Slots are locked, and marked with their latest write, in groups.
  static constexpr size_t kLocks = 64;
  static constexpr size_t kMarks = size_t{1} << 15;
  // An entry may take this share of the budget.
  static constexpr size_t kLargestShare = 8;

  const SlotTable& TableOf(Part part) const { return tables_[static_cast<size_t>(part)]; }
  SlotTable& TableOf(Part part) { return tables_[static_cast<size_t>(part)]; }
  absl::Mutex& LockOf(keys::EntityNumber node) { return locks_[node % kLocks]; }

  // Empties the slot and notes that its former entry, if any, is out.
  const Entry* TakeOut(Part part, keys::EntityNumber node);
  void MakeRoom() ABSL_LOCKS_EXCLUDED(evicting_);

  const size_t budget_;
  std::atomic<size_t> bytes_ = 0;
  std::array<std::atomic<size_t>, kParts> entries_ = {};
  std::atomic<uint64_t> evicted_ = 0;
  std::array<SlotTable, kParts> tables_;
  std::array<absl::Mutex, kLocks> locks_;
  // The newest revision that wrote to a slot of the group; each guarded by its slots'
  // lock.
  std::array<std::vector<keys::Revision>, kParts> marks_;
  Retired retired_;

  absl::Mutex evicting_;
  // Where each part is looked through next.
  std::array<keys::EntityNumber, kParts> hands_ ABSL_GUARDED_BY(evicting_) = {};
};

}  // namespace labgraph::adjacency

#endif  // LABGRAPH_SERVER_ADJACENCY_CACHE_H_
