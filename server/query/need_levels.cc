#include "server/query/need_levels.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

// Whether the entity had no level yet; now it has this one.
bool SetFirst(keys::EntityNumber entity, uint32_t level, LevelMap* levels) {
  if (levels->Get(entity) != LevelMap::kNone) return false;
  levels->Set(entity, static_cast<uint8_t>(level));
  return true;
}

}  // namespace

absl::Status NeedLevels::Fill() {
  const size_t entities = tools_.plan.required_entities.size();
  for (size_t i = 0; i < needs_.size() && !hopeless_ && !tools_.budget.stopped(); ++i) {
    LevelMap& levels = levels_.emplace_back(tools_.view.head().state.next_entity);
    if (i < entities) {
      RETURN_IF_ERROR(FillEntity(tools_.plan.required_entities[i], &levels));
    } else {
      RETURN_IF_ERROR(FillPredicate(NeedBits{1} << i, &levels));
    }
    hopeless_ = std::none_of(tools_.plan.from.begin(), tools_.plan.from.end(),
                             [&](keys::EntityNumber beginning) {
                               return levels.Get(beginning) <= corridor_.hops();
                             });
  }
  return absl::OkStatus();
}

absl::Status NeedLevels::FillEntity(keys::EntityNumber entity, LevelMap* levels) {
  const uint8_t to_end = corridor_.ToEnd(entity);
  if (to_end == LevelMap::kNone) return absl::OkStatus();
  levels->Set(entity, to_end);
  EntityList with = {static_cast<graph::Neighbor>(entity)};
  if (to_end > 0) {
    ASSIGN_OR_RETURN(with, corridor_.Passable(std::move(with)));
  }
  return Spread(std::move(with), {}, to_end, 0, levels);
}

absl::Status NeedLevels::FillPredicate(NeedBits bit, LevelMap* levels) {
  const std::vector<keys::EntityNumber>& ends = tools_.plan.to;
  return Spread({}, EntityList(ends.begin(), ends.end()), 0, bit, levels);
}

absl::Status NeedLevels::Spread(EntityList with, EntityList without, uint32_t to_end,
                                NeedBits bit, LevelMap* levels) {
  LevelMap levels_without(tools_.view.head().state.next_entity);
  for (const graph::Neighbor entity : without) levels_without.Set(entity, 0);
  while (to_end < corridor_.hops() && !(with.empty() && without.empty())) {
    ++to_end;
    EntityList next_with;
    EntityList next_without;
    const auto have = [&](const PassingEdge& edge) {
      if (SetFirst(edge.neighbor, to_end, levels)) next_with.push_back(edge.neighbor);
    };
    RETURN_IF_ERROR(corridor_.GoBack(with, to_end, have));
    RETURN_IF_ERROR(corridor_.GoBack(without, to_end, [&](const PassingEdge& edge) {
      if ((needs_.MetByFacet(edge.facet) & bit) != 0) {
        have(edge);
      } else if (SetFirst(edge.neighbor, to_end, &levels_without)) {
        next_without.push_back(edge.neighbor);
      }
    }));
    if (tools_.budget.stopped()) break;
    ASSIGN_OR_RETURN(with, corridor_.Passable(std::move(next_with)));
    // A way that has the need and is no longer makes one without it of no use.
    std::erase_if(next_without, [&](graph::Neighbor entity) {
      return levels->Get(entity) != LevelMap::kNone;
    });
    ASSIGN_OR_RETURN(without, corridor_.Passable(std::move(next_without)));
  }
  return absl::OkStatus();
}

bool NeedLevels::MayMeet(NeedBits missing, keys::EntityNumber entity, size_t hops) const {
  if (hopeless_ || !needs_.Fit(missing, hops)) return false;
  for (size_t i = 0; i < levels_.size(); ++i) {
    if ((missing >> i & 1) != 0 && levels_[i].Get(entity) > hops) return false;
  }
  return true;
}

}  // namespace labgraph::query
