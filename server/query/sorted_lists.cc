#include "server/query/sorted_lists.h"

#include <algorithm>

namespace labgraph::query {
namespace {

using graph::Neighbor;

// The first place from `from` on that holds `wanted` or more: doubling steps, then
// halving ones, so that a near one is found soon.
const Neighbor* Gallop(const Neighbor* from, const Neighbor* end, Neighbor wanted) {
  size_t step = 1;
  const Neighbor* low = from;
  while (step < static_cast<size_t>(end - low) && low[step] < wanted) {
    low += step;
    step *= 2;
  }
  const Neighbor* const high = low + std::min(step + 1, static_cast<size_t>(end - low));
  return std::lower_bound(low, high, wanted);
}

// Calls `found` for each number of `few` that `many` holds.
template <typename Found>
void Search(SortedList few, SortedList many, Found found) {
  const Neighbor* place = many.data();
  const Neighbor* const end = place + many.size();
  for (const Neighbor wanted : few) {
    place = Gallop(place, end, wanted);
    if (place == end) return;
    if (*place == wanted) found(wanted);
  }
}

// The same by reading both, without branches that depend on the numbers.
template <typename Found>
void Merge(SortedList a, SortedList b, Found found) {
  const Neighbor* x = a.data();
  const Neighbor* y = b.data();
  const Neighbor* const x_end = x + a.size();
  const Neighbor* const y_end = y + b.size();
  while (x != x_end && y != y_end) {
    const Neighbor at_x = *x;
    const Neighbor at_y = *y;
    found(at_x, at_x == at_y);
    x += at_x <= at_y;
    y += at_y <= at_x;
  }
}

}  // namespace

bool Contains(SortedList list, Neighbor entity) {
  return std::binary_search(list.begin(), list.end(), entity);
}

size_t CountCommon(SortedList a, SortedList b) {
  size_t count = 0;
  const auto add = [&count](Neighbor) { ++count; };
  if (MuchShorter(a, b)) {
    Search(a, b, add);
  } else if (MuchShorter(b, a)) {
    Search(b, a, add);
  } else {
    Merge(a, b, [&count](Neighbor, bool both) { count += both; });
  }
  return count;
}

SortedList KeepCommon(SortedList a, SortedList b, std::vector<Neighbor>* storage) {
  // What is written stays behind what is read of `a`, and needs no more room than it.
  const size_t most = std::min(a.size(), b.size());
  if (storage->size() < most) storage->resize(most);
  Neighbor* const begin = storage->data();
  Neighbor* end = begin;
  const auto add = [&end](Neighbor found) { *end++ = found; };
  if (MuchShorter(a, b)) {
    Search(a, b, add);
  } else if (MuchShorter(b, a)) {
    Search(b, a, add);
  } else {
    Merge(a, b, [&end](Neighbor number, bool both) {
      *end = number;
      end += both;
    });
  }
  return {begin, static_cast<size_t>(end - begin)};
}

void SortUnique(std::vector<Neighbor>* numbers) {
  std::sort(numbers->begin(), numbers->end());
  numbers->erase(std::unique(numbers->begin(), numbers->end()), numbers->end());
}

}  // namespace labgraph::query
