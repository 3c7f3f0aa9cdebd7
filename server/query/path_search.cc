#include "server/query/path_search.h"

#include <algorithm>
#include <utility>

#include "server/base/limits.h"
#include "server/base/status_macros.h"

namespace labgraph::query {

static_assert(limits::kHops.value < LevelMap::kBlocked);

PathSearch::PathSearch(const PathPlan& plan, graph::View& view, Expander& expander,
                       Budget& budget)
    : plan_(plan),
      view_(view),
      expander_(expander),
      budget_(budget),
      between_(plan.kinds, plan.where, view, expander, budget),
      forward_(plan.edges, view.head().state.next_entity),
      backward_(plan.edges.Reversed(), view.head().state.next_entity) {}

absl::Status PathSearch::Run() {
  Begin(plan_.from, &forward_, backward_);
  Begin(plan_.to, &backward_, forward_);
  while (meetings_.empty() && !budget_.stopped() &&
         forward_.hops + backward_.hops < plan_.max_hops && !forward_.frontier.empty() &&
         !backward_.frontier.empty()) {
    const bool forward = forward_.frontier.size() <= backward_.frontier.size();
    RETURN_IF_ERROR(forward ? Advance(&forward_, backward_)
                            : Advance(&backward_, forward_));
  }
  met_twice_ = meetings_.size();
  if (budget_.stopped()) meetings_.clear();
  return budget_.status();
}

void PathSearch::Begin(const std::vector<keys::EntityNumber>& ends, Side* side,
                       const Side& other) {
  for (const keys::EntityNumber entity : plan_.avoided) {
    side->levels.Set(entity, LevelMap::kBlocked);
  }
  for (const keys::EntityNumber end : ends) {
    side->levels.Set(end, 0);
    if (other.levels.Get(end) == 0) meetings_.push_back(end);
  }
  side->frontier = ends;
  side->met = ends.size();
}

absl::Status PathSearch::Advance(Side* side, const Side& other) {
  ASSIGN_OR_RETURN(const std::vector<keys::EntityNumber> reached, Reachable(side));
  ++side->hops;
  side->frontier.clear();
  for (const keys::EntityNumber entity : reached) {
    // What the other side knows is an end, or has passed already.
    const bool met = other.levels.Get(entity) < LevelMap::kBlocked;
    if (!met) {
      ASSIGN_OR_RETURN(const bool passes, between_.Passes(entity));
      if (!passes) {
        side->levels.Set(entity, LevelMap::kBlocked);
        continue;
      }
    }
    ++side->met;
    side->frontier.push_back(entity);
    if (met) meetings_.push_back(entity);
  }
  return absl::OkStatus();
}

// The entities one hop beyond the frontier that were not reached before, ascending; their
// levels are set.
absl::StatusOr<std::vector<keys::EntityNumber>> PathSearch::Reachable(Side* side) {
  std::vector<keys::EntityNumber> reached;
  const auto level = static_cast<uint8_t>(side->hops + 1);
  for (const keys::EntityNumber node : side->frontier) {
    RETURN_IF_ERROR(
        expander_.Expand(node, side->edges, budget_, [&](const graph::EdgeRun& run) {
          const size_t visited = budget_.Visit(run.size);
          for (size_t i = 0; i < visited; ++i) {
            if (!view_.verdicts().Passes(run.FacetAt(i))) continue;
            const keys::EntityNumber neighbor = run.neighbors[i];
            if (side->levels.Get(neighbor) != LevelMap::kNone) continue;
            side->levels.Set(neighbor, level);
            reached.push_back(neighbor);
          }
          return visited == run.size;
        }));
    if (budget_.stopped()) break;
  }
  std::sort(reached.begin(), reached.end());
  return reached;
}

}  // namespace labgraph::query
