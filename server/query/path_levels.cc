#include "server/query/path_levels.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "server/base/limits.h"
#include "server/base/status_macros.h"

namespace labgraph::query {

static_assert(limits::kHops.value < LevelMap::kBlocked);

PathLevels::PathLevels(const PathTools& tools)
    : tools_(tools),
      between_(tools.plan.kinds, tools.plan.where, tools.view, tools.expander,
               tools.budget),
      forward_(tools.plan.edges, tools.view.head().state.next_entity),
      backward_(tools.plan.edges.Reversed(), tools.view.head().state.next_entity) {
  Begin(tools.plan.from, &forward_, backward_);
  Begin(tools.plan.to, &backward_, forward_);
}

void PathLevels::Begin(const std::vector<keys::EntityNumber>& ends, Side* side,
                       const Side& other) {
  for (const keys::EntityNumber entity : tools_.plan.avoided) {
    side->levels.Set(entity, LevelMap::kBlocked);
  }
  for (const keys::EntityNumber end : ends) {
    side->levels.Set(end, 0);
    if (other.levels.Get(end) == 0) meetings_.push_back(end);
  }
  met_twice_ = meetings_.size();
  side->frontier.assign(ends.begin(), ends.end());
  side->met = ends.size();
}

bool PathLevels::GoesOn(uint32_t hops) const {
  return forward_.hops + backward_.hops < hops && !forward_.frontier.empty() &&
         !backward_.frontier.empty() && !tools_.budget.stopped();
}

absl::Status PathLevels::Cover(uint32_t hops) {
  while (GoesOn(hops)) RETURN_IF_ERROR(AdvanceSmaller());
  return absl::OkStatus();
}

absl::Status PathLevels::CoverUntilMet(uint32_t hops) {
  while (meetings_.empty() && GoesOn(hops)) RETURN_IF_ERROR(AdvanceSmaller());
  return absl::OkStatus();
}

absl::Status PathLevels::AdvanceSmaller() {
  return forward_.frontier.size() <= backward_.frontier.size()
             ? Advance(&forward_, backward_)
             : Advance(&backward_, forward_);
}

absl::Status PathLevels::Advance(Side* side, const Side& other) {
  EntityList reached;
  const auto level = static_cast<uint8_t>(side->hops + 1);
  RETURN_IF_ERROR(
      ForEachEdge(tools_, side->frontier, side->edges, [&](const PassingEdge& edge) {
        if (side->levels.Get(edge.neighbor) != LevelMap::kNone) return;
        side->levels.Set(edge.neighbor, level);
        reached.push_back(edge.neighbor);
      }));
  if (tools_.budget.stopped()) return absl::OkStatus();
  std::sort(reached.begin(), reached.end());
  ++side->hops;
  side->frontier.clear();
  meetings_.clear();
  for (const graph::Neighbor entity : reached) {
    RETURN_IF_ERROR(Meet(entity, side, other));
  }
  return absl::OkStatus();
}

// Decides whether an entity that `side` reached belongs to it, and whether paths may go
// on from there. An end of the other side belongs to it in any case.
absl::Status PathLevels::Meet(graph::Neighbor entity, Side* side, const Side& other) {
  const uint8_t there = other.levels.Get(entity);
  const bool known_to_pass = there != 0 && there < LevelMap::kBlocked;
  bool passes = known_to_pass;
  if (there == 0) {
    ASSIGN_OR_RETURN(passes, MayPass(entity));
  } else if (there == LevelMap::kNone) {
    ASSIGN_OR_RETURN(passes, between_.Passes(entity));
  }
  if (!passes && there != 0) {
    side->levels.Set(entity, LevelMap::kBlocked);
    return absl::OkStatus();
  }
  ++side->met;
  if (there < LevelMap::kBlocked) {
    ++met_twice_;
    meetings_.push_back(entity);
  }
  if (passes) side->frontier.push_back(entity);
  return absl::OkStatus();
}

uint8_t PathLevels::AtLeast(const Side& side, keys::EntityNumber entity) {
  const uint8_t level = side.levels.Get(entity);
  if (level < LevelMap::kBlocked) return level;
  if (level == LevelMap::kBlocked || side.frontier.empty()) return LevelMap::kNone;
  return static_cast<uint8_t>(side.hops + 1);
}

uint8_t PathLevels::ToEnd(keys::EntityNumber entity) const {
  const uint8_t level = backward_.levels.Get(entity);
  return level < LevelMap::kBlocked ? level : LevelMap::kNone;
}

absl::StatusOr<bool> PathLevels::MayPass(keys::EntityNumber entity) {
  const bool is_end =
      forward_.levels.Get(entity) == 0 || backward_.levels.Get(entity) == 0;
  if (!is_end) return true;
  const auto it = ends_pass_.find(entity);
  if (it != ends_pass_.end()) return it->second;
  ASSIGN_OR_RETURN(const bool passes, between_.Passes(entity));
  ends_pass_[entity] = passes;
  return passes;
}

uint64_t PathLevels::MostEntities() const {
  uint64_t most = std::numeric_limits<uint64_t>::max();
  for (const Side* side : {&forward_, &backward_}) {
    if (side->frontier.empty()) most = std::min(most, side->met);
  }
  return most;
}

}  // namespace labgraph::query
