#include "server/query/level_map.h"

#include <utility>

#include "server/query/scratch.h"

namespace labgraph::query {
namespace {

using Pool = ArrayPool<uint8_t, LevelMap::kNone>;

Pool& SharedPool() {
  static Pool* const pool = new Pool;
  return *pool;
}

}  // namespace

LevelMap::LevelMap(keys::EntityNumber universe) : levels_(SharedPool().Take(universe)) {}

LevelMap::~LevelMap() {
  EmptyPlaces(
      touched_, kNone, [](graph::Neighbor entity) { return entity; }, &levels_);
  SharedPool().Give(std::move(levels_));
}

}  // namespace labgraph::query
