#include "server/query/marked_list.h"

namespace labgraph::query {

using graph::Neighbor;

void MarkedList::Mark(SortedList list) {
  Clear();
  if (words_.empty()) words_.resize(universe_ / 64 + 1);
  for (const Neighbor entity : list) words_[entity / 64] |= uint64_t{1} << (entity % 64);
  list_ = list;
}

void MarkedList::Clear() {
  for (const Neighbor entity : list_) words_[entity / 64] = 0;
  list_ = SortedList();
}

size_t MarkedList::CountCommon(SortedList list) const {
  size_t count = 0;
  for (const Neighbor entity : list) count += Has(entity);
  return count;
}

SortedList MarkedList::KeepCommon(SortedList list, std::vector<Neighbor>* storage) const {
  if (storage->size() < list.size()) storage->resize(list.size());
  Neighbor* const begin = storage->data();
  Neighbor* end = begin;
  for (const Neighbor entity : list) {
    *end = entity;
    end += Has(entity);
  }
  return {begin, static_cast<size_t>(end - begin)};
}

}  // namespace labgraph::query
