#include "server/query/met_bits.h"

#include <algorithm>
#include <utility>

#include "server/query/scratch.h"

namespace labgraph::query {
namespace {

using Pool = ArrayPool<uint64_t, 0>;

Pool& SharedPool() {
  static Pool* const pool = new Pool;
  return *pool;
}

size_t WordOf(graph::Neighbor entity) { return entity / 64; }

}  // namespace

MetBits::MetBits(keys::EntityNumber universe)
    : universe_(universe), words_(SharedPool().Take(universe / 64 + 1)) {}

MetBits::~MetBits() {
  EmptyPlaces(From(0), uint64_t{0}, WordOf, &words_);
  SharedPool().Give(std::move(words_));
}

void MetBits::SortFrom(size_t first) {
  const auto begin = met_.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = met_.begin() + static_cast<std::ptrdiff_t>(size_);
  if (size_ - first < universe_ / 64) {
    std::sort(begin, end);
    return;
  }
  // Many: into a bitmap and out of it again in order.
  std::vector<uint64_t> words = SharedPool().Take(universe_ / 64 + 1);
  for (auto it = begin; it != end; ++it) words[WordOf(*it)] |= uint64_t{1} << (*it % 64);
  auto out = begin;
  for (size_t i = 0; out != end; ++i) {
    for (uint64_t word = std::exchange(words[i], 0); word != 0; word &= word - 1) {
      *out++ = static_cast<graph::Neighbor>(i * 64 + __builtin_ctzll(word));
    }
  }
  SharedPool().Give(std::move(words));
}

}  // namespace labgraph::query
