#include "server/adjacency/slot_table.h"

namespace labgraph::adjacency {

SlotTable::Page* SlotTable::MakePage(size_t number) {
  auto made = std::make_unique<Page>();
  Page* page = nullptr;
  if (pages_[number].compare_exchange_strong(page, made.get(),
                                             std::memory_order_acq_rel)) {
    page = made.release();
  }
  size_t end = end_.load();
  while (end <= number && !end_.compare_exchange_weak(end, number + 1)) {
  }
  return page;
}

keys::EntityNumber SlotTable::NextUsed(keys::EntityNumber node) const {
  const size_t pages = end_.load();
  if (pages == 0) return 0;
  size_t number = node / kPageSlots;
  size_t slot = node % kPageSlots;
  // Once round, and the first page again for what lies before `node`.
  for (size_t i = 0; i <= pages; ++i, ++number, slot = 0) {
    if (number >= pages) number = slot = 0;
    const Page* const page = pages_[number].load(std::memory_order_acquire);
    for (; page != nullptr && slot < kPageSlots; ++slot) {
      if (page->slots[slot].load(std::memory_order_relaxed) != nullptr) {
        return number * kPageSlots + slot;
      }
    }
  }
  return 0;
}

}  // namespace labgraph::adjacency
