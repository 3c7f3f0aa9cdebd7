#ifndef LABGRAPH_SERVER_QUERY_MARKED_LIST_H_
#define LABGRAPH_SERVER_QUERY_MARKED_LIST_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "server/keys/keys.h"
#include "server/query/sorted_lists.h"

namespace labgraph::query {

// A list as a bitmap: for one that many others are compared with, one after another. Not
// thread-safe.
class MarkedList {
 public:
  // `universe`: no number is this or above.
  explicit MarkedList(keys::EntityNumber universe) : universe_(universe) {}

  // Takes the place of the list before, if any. The memory of `list` must outlive its
  // stay here.
  void Mark(SortedList list);
  void Clear();

  bool empty() const { return list_.empty(); }
  // REQUIRES: not empty().
  bool Has(graph::Neighbor entity) const {
    return (words_[entity / 64] >> (entity % 64) & 1) != 0;
  }

  // As CountCommon and KeepCommon with this list. Time: the size of `list`.
  size_t CountCommon(SortedList list) const;
  SortedList KeepCommon(SortedList list, std::vector<graph::Neighbor>* storage) const;

 private:
  const keys::EntityNumber universe_;
  SortedList list_;
  std::vector<uint64_t> words_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_MARKED_LIST_H_
