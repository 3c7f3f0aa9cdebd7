#ifndef LABGRAPH_SERVER_QUERY_SORTED_LISTS_H_
#define LABGRAPH_SERVER_QUERY_SORTED_LISTS_H_

// Lists of entities, ascending, each once, and what several of them have in common.

#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "server/graph/edge_run.h"

namespace labgraph::query {

using SortedList = absl::Span<const graph::Neighbor>;

bool Contains(SortedList list, graph::Neighbor entity);

// Whether `few` is so much shorter that looking each of it up is faster than reading
// both.
inline bool MuchShorter(SortedList few, SortedList many) {
  return few.size() < many.size() / 16;
}

// How many are in both. Time: about the sum of the sizes, or, where one list is many
// times longer, the shorter one's size times the logarithm of the gaps in the longer.
size_t CountCommon(SortedList a, SortedList b);

// Those in both, written into `storage`, which grows as needed and never shrinks. `a` may
// lie at its front; `b` may not lie in it. Time as CountCommon.
SortedList KeepCommon(SortedList a, SortedList b, std::vector<graph::Neighbor>* storage);

// Sorts the numbers and leaves out those that come again.
void SortUnique(std::vector<graph::Neighbor>* numbers);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_SORTED_LISTS_H_
