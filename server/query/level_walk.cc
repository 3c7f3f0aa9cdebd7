#include "server/query/level_walk.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"

namespace labgraph::query {

bool WalksByLevels(const TraversePlan& plan) {
  if (!plan.count_only && (!plan.ids_only || plan.include_paths || plan.dated)) {
    return false;
  }
  for (size_t i = 0; i < plan.steps.size(); ++i) {
    const PlannedStep& step = plan.steps[i];
    const bool one_start = i == 0 && plan.start.size() == 1;
    // Else a start may be met again, from another one.
    if (!one_start && step.min_hops > 0 && step.max_hops > 1) return false;
    // Else the next step has starts of several depths.
    const bool last = i + 1 == plan.steps.size();
    if (!last && step.min_hops != step.max_hops) return false;
  }
  return true;
}

absl::Status LevelWalk::Run() {
  Entities starts(plan_.start.begin(), plan_.start.end());
  uint32_t depth = 0;
  for (size_t i = 0; i < plan_.steps.size() && !starts.empty() && !budget_.stopped();
       ++i) {
    const PlannedStep& plan = plan_.steps[i];
    const bool last = i + 1 == plan_.steps.size();
    Step step{.plan = plan,
              .number = static_cast<uint32_t>(i),
              .given = last || plan_.include_intermediate,
              .check = EntityCheck(plan.kinds, plan.where, view_, expander_, budget_),
              .met = MetBits(view_.head().state.next_entity),
              .starts_open = starts.size() > 1 && plan.min_hops > 0,
              .depth = depth};
    ASSIGN_OR_RETURN(starts, RunStep(starts, step));
    depth += plan.min_hops;
  }
  return budget_.status();
}

absl::StatusOr<LevelWalk::Entities> LevelWalk::RunStep(const Entities& starts,
                                                       Step& step) {
  if (!step.starts_open) step.met.AddAll(starts.data(), starts.size());
  const bool last = step.number + 1 == plan_.steps.size();
  Entities level = starts;
  Entities hits;
  for (uint32_t hops = 0; !level.empty(); ++hops, ++step.depth) {
    if (hops >= step.plan.min_hops) {
      RETURN_IF_ERROR(Judge(level, step, last ? nullptr : &hits));
    }
    if (hops == step.plan.max_hops || budget_.stopped()) break;
    const size_t before = step.met.size();
    RETURN_IF_ERROR(Expand(level, step));
    // Nobody sees the order of the last level of a count, nor does a walk go on from it.
    const bool seen = hops + 1 < step.plan.max_hops || !plan_.count_only || !step.given;
    if (seen) step.met.SortFrom(before);
    const auto met = step.met.From(before);
    level.assign(met.begin(), met.end());
  }
  uint64_t met = step.met.size();
  if (step.starts_open) {
    for (const graph::Neighbor start : starts) met += step.met.Contains(start) ? 0 : 1;
  }
  summary_.set_visited_entities(summary_.visited_entities() + met);
  std::sort(hits.begin(), hits.end());
  return hits;
}

absl::Status LevelWalk::Expand(const Entities& level, Step& step) {
  RETURN_IF_ERROR(expander_.ExpandAll(
      level, step.plan.edges, budget_, [&](size_t index, const graph::EdgeRun& run) {
        const size_t visited = budget_.Visit(run.size);
        if (visited == run.size && !step.starts_open) return Meet(run, step);
        VisitWithoutLoops(
            level[index], run.Sub(0, visited),
            [&](const graph::EdgeRun& others) { return Meet(others, step); });
        return visited == run.size;
      }));
  return budget_.status();
}

bool LevelWalk::Meet(const graph::EdgeRun& run, Step& step) {
  graph::FacetVerdicts& verdicts = view_.verdicts();
  if (run.facets != nullptr) {
    step.met.AddPassing(run, verdicts.PassesAll(run.facets, run.size));
  } else if (run.size > 0 && verdicts.Passes(run.facet)) {
    step.met.AddAll(run.neighbors, run.size);
  }
  return true;
}

absl::Status LevelWalk::Judge(const Entities& level, Step& step, Entities* hits) {
  if (step.plan.kinds.empty() && step.plan.where.matches_all()) {
    return Take(level, step, hits);
  }
  Entities passing;
  for (size_t i = 0; i < level.size() && !budget_.out_of_time(); ++i) {
    expander_.PrefetchCards(level, i);
    ASSIGN_OR_RETURN(const bool passes, step.check.Passes(level[i]));
    if (passes) passing.push_back(level[i]);
  }
  return Take(passing, step, hits);
}

absl::Status LevelWalk::Take(const Entities& passing, const Step& step, Entities* hits) {
  if (hits != nullptr) hits->insert(hits->end(), passing.begin(), passing.end());
  return step.given ? Give(passing, step) : absl::OkStatus();
}

absl::Status LevelWalk::Give(const Entities& level, const Step& step) {
  const size_t before = budget_.PassOver(level.size());
  if (sink_ == nullptr) {
    CountHits(step.depth, budget_.HitSome(level.size() - before));
    return budget_.status();
  }
  // Each counts as it is given: the next page goes on behind those that were.
  for (size_t i = before; i < level.size() && budget_.Work(1) && budget_.Hit(); ++i) {
    CountHits(step.depth, 1);
    expander_.PrefetchCards(level, i);
    Hit hit;
    hit.entity = level[i];
    hit.depth = step.depth;
    hit.step = step.number;
    RETURN_IF_ERROR(sink_->Take(hit));
  }
  return budget_.status();
}

void LevelWalk::CountHits(uint32_t depth, uint64_t count) {
  if (count == 0) return;
  while (summary_.hits_by_depth_size() <= static_cast<int>(depth)) {
    summary_.add_hits_by_depth(0);
  }
  *summary_.mutable_hits_by_depth()->Mutable(static_cast<int>(depth)) += count;
}

}  // namespace labgraph::query
