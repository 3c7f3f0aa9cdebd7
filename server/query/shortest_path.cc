#include "server/query/shortest_path.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"
#include "server/query/reach.h"

namespace labgraph::query {
namespace {

constexpr uint8_t kForward = 0;
constexpr uint8_t kBackward = 1;

}  // namespace

ShortestPath::ShortestPath(const PathTools& tools)
    : tools_(tools),
      between_(tools.plan.kinds, tools.plan.where, tools.view, tools.expander,
               tools.budget),
      reached_(tools.view.head().state.next_entity),
      forward_(tools.plan.edges, kForward),
      backward_(tools.plan.edges.Reversed(), kBackward) {
  for (const keys::EntityNumber entity : tools.plan.avoided) {
    reached_.Set(entity, LevelMap::kBlocked);
  }
}

absl::StatusOr<absl::optional<FoundPath>> ShortestPath::Find() {
  const PathPlan& plan = tools_.plan;
  RETURN_IF_ERROR(Begin(plan.from, &forward_, backward_));
  for (const keys::EntityNumber end : plan.to) {
    if (reached_.Get(end) != kForward) continue;
    FoundPath path;
    path.entities.push_back(end);
    if (plan.dated) path.certainty = v1::CERTAINTY_CERTAIN;
    return path;
  }
  RETURN_IF_ERROR(Begin(plan.to, &backward_, forward_));
  while (forward_.levels.size() + backward_.levels.size() - 2 < plan.max_hops &&
         !forward_.levels.back().entities.empty() &&
         !backward_.levels.back().entities.empty()) {
    const bool go_forward = forward_.weight <= backward_.weight;
    RETURN_IF_ERROR(go_forward ? Advance(&forward_, backward_)
                               : Advance(&backward_, forward_));
    // What was found is a shortest path, whatever the budget says of the rest.
    if (joint_.has_value()) return JoinedPath();
    if (tools_.budget.stopped()) break;
  }
  return absl::optional<FoundPath>();
}

absl::Status ShortestPath::Begin(const std::vector<keys::EntityNumber>& ends, Side* side,
                                 const Side& other) {
  Level level;
  level.entities.assign(ends.begin(), ends.end());
  for (const keys::EntityNumber end : ends) reached_.Set(end, side->mark);
  side->met = ends.size();
  side->levels.push_back(std::move(level));
  return Weigh(side, other);
}

absl::Status ShortestPath::Advance(Side* side, const Side& other) {
  Level next;
  RETURN_IF_ERROR(tools_.expander.ExpandAll(
      side->levels.back().entities, side->edges, tools_.budget,
      [&](size_t place, const graph::EdgeRun& run) {
        return TakeRun(*side, static_cast<uint32_t>(place), run, &next);
      }));
  if (joint_.has_value() || tools_.budget.stopped()) return absl::OkStatus();
  if (between_.asks()) RETURN_IF_ERROR(KeepPassing(&next));
  side->met += next.entities.size();
  side->levels.push_back(std::move(next));
  return Weigh(side, other);
}

bool ShortestPath::TakeRun(const Side& side, uint32_t place, const graph::EdgeRun& run,
                           Level* next) {
  graph::FacetVerdicts& verdicts = tools_.view.verdicts();
  Budget& budget = tools_.budget;
  const uint64_t allowed = std::min<uint64_t>(run.size, budget.visits_left());
  for (size_t i = 0; i < allowed; ++i) {
    const graph::Neighbor entity = run.neighbors[i];
    const uint8_t mark = reached_.Get(entity);
    if (mark == side.mark || mark == LevelMap::kBlocked) continue;
    const Step step{place, run.statements[i], run.FacetAt(i)};
    if (!verdicts.Of(step.facet).passes) continue;
    if (mark != LevelMap::kNone) {
      joint_ = Joint{&side, step, entity};
      budget.Visit(i + 1);  // what lies behind is not needed: no cut
      return false;
    }
    reached_.Set(entity, side.mark);
    next->entities.push_back(entity);
    next->steps.push_back(step);
  }
  return budget.Visit(run.size) == run.size;
}

absl::Status ShortestPath::KeepPassing(Level* level) {
  size_t kept = 0;
  for (size_t i = 0; i < level->entities.size(); ++i) {
    const graph::Neighbor entity = level->entities[i];
    ASSIGN_OR_RETURN(const bool passes, between_.Passes(entity));
    if (!passes) {
      reached_.Set(entity, LevelMap::kBlocked);
      continue;
    }
    level->entities[kept] = entity;
    level->steps[kept] = level->steps[i];
    ++kept;
  }
  level->entities.resize(kept);
  level->steps.resize(kept);
  return absl::OkStatus();
}

absl::Status ShortestPath::Weigh(Side* side, const Side& other) {
  side->weight = 0;
  return tools_.expander.ExpandAll(side->levels.back().entities, side->edges,
                                   tools_.budget, [&](size_t, const graph::EdgeRun& run) {
                                     side->weight += run.size;
                                     if (side->weight <= other.weight) return true;
                                     side->weight = other.weight + 1;
                                     return false;
                                   });
}

FoundPath ShortestPath::JoinedPath() {
  const Side& side = *joint_->side;
  const Side& other = &side == &forward_ ? backward_ : forward_;
  FoundPath path;
  if (tools_.plan.dated) path.certainty = v1::CERTAINTY_CERTAIN;
  AddWay(side, joint_->step.before, &path);
  std::reverse(path.entities.begin(), path.entities.end());
  std::reverse(path.statements.begin(), path.statements.end());
  AddStep(joint_->step, &path);
  const EntityList& last = other.levels.back().entities;
  const auto met = std::find(last.begin(), last.end(), joint_->entity);
  AddWay(other, static_cast<size_t>(met - last.begin()), &path);
  if (&side == &backward_) {
    std::reverse(path.entities.begin(), path.entities.end());
    std::reverse(path.statements.begin(), path.statements.end());
  }
  return path;
}

void ShortestPath::AddStep(const Step& step, FoundPath* path) {
  path->statements.push_back(step.statement);
  path->certainty =
      Weakest(path->certainty, tools_.view.verdicts().Of(step.facet).certainty);
}

void ShortestPath::AddWay(const Side& side, size_t place, FoundPath* path) {
  for (size_t level = side.levels.size() - 1; level > 0; --level) {
    const Level& at = side.levels[level];
    path->entities.push_back(at.entities[place]);
    AddStep(at.steps[place], path);
    place = at.steps[place].before;
  }
  path->entities.push_back(side.levels[0].entities[place]);
}

}  // namespace labgraph::query
