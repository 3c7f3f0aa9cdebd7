#ifndef LABGRAPH_SERVER_ADJACENCY_SLOT_TABLE_H_
#define LABGRAPH_SERVER_ADJACENCY_SLOT_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "server/adjacency/entry.h"
#include "server/keys/keys.h"

namespace labgraph::adjacency {

// One slot for each entity number of 32 bits, in pages made when they are first used: a
// look-up is two loads. Reading is lock-free beside anything; Set needs the caller's lock
// for its slot. Does not own what is in the slots.
class SlotTable {
 public:
  SlotTable() : pages_(new std::atomic<Page*>[kPages]()) {}
  ~SlotTable() {
    for (size_t i = 0; i < kPages; ++i) delete pages_[i].load();
  }
  SlotTable(const SlotTable&) = delete;
  SlotTable& operator=(const SlotTable&) = delete;

  static bool Fits(keys::EntityNumber node) { return node <= UINT32_MAX; }

  // What is in the slot; null for nothing. REQUIRES: Fits(node).
  const Entry* Get(keys::EntityNumber node) const {
    const Page* const page = pages_[node / kPageSlots].load(std::memory_order_acquire);
    if (page == nullptr) return nullptr;
    return page->slots[node % kPageSlots].load(std::memory_order_acquire);
  }

  // Puts `entry` (null: nothing) in the slot; gives what was there.
  const Entry* Set(keys::EntityNumber node, const Entry* entry) {
    Page* const page = FindPage(node, entry != nullptr);
    if (page == nullptr) return nullptr;
    return page->slots[node % kPageSlots].exchange(entry, std::memory_order_acq_rel);
  }

  // Brings the slot nearer; the entry in it is not touched.
  void PrefetchSlot(keys::EntityNumber node) const {
    const Page* const page = pages_[node / kPageSlots].load(std::memory_order_acquire);
    if (page != nullptr) __builtin_prefetch(&page->slots[node % kPageSlots]);
  }

  // The next slot from `node` on that holds something, going round at the end; 0 where
  // all are empty.
  keys::EntityNumber NextUsed(keys::EntityNumber node) const;

 private:
  static constexpr size_t kPageSlots = size_t{1} << 16;
  static constexpr size_t kPages = size_t{1} << 16;
  struct Page {
    std::atomic<const Entry*> slots[kPageSlots] = {};
  };

  Page* FindPage(keys::EntityNumber node, bool make) {
    std::atomic<Page*>& place = pages_[node / kPageSlots];
    Page* const page = place.load(std::memory_order_acquire);
    return page != nullptr || !make ? page : MakePage(node / kPageSlots);
  }

  // Another slot's lock does not keep others from making the page.
  Page* MakePage(size_t number);

  const std::unique_ptr<std::atomic<Page*>[]> pages_;
  std::atomic<size_t> end_ = 0;  // behind the last page made
};

}  // namespace labgraph::adjacency

#endif  // LABGRAPH_SERVER_ADJACENCY_SLOT_TABLE_H_
