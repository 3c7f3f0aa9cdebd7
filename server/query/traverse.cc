#include "server/query/traverse.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/query/hit_writer.h"
#include "server/query/level_walk.h"
#include "server/query/step_walk.h"

namespace labgraph::query {
namespace {

std::vector<Reach> Starts(const TraversePlan& plan) {
  std::vector<Reach> starts(plan.start.size());
  for (size_t i = 0; i < starts.size(); ++i) {
    starts[i].entity = plan.start[i];
    if (plan.dated) starts[i].certainty = v1::CERTAINTY_CERTAIN;
  }
  return starts;
}

// The hits of a step as starts of the next.
std::vector<Reach> NextStarts(std::vector<Reach> hits) {
  std::sort(hits.begin(), hits.end(),
            [](const Reach& a, const Reach& b) { return a.entity < b.entity; });
  for (Reach& hit : hits) hit.expands = true;
  return hits;
}

// Keeps the best way to every entity.
absl::Status WalkByWays(const TraversePlan& plan, graph::View& view, Expander& expander,
                        Budget& budget, HitSink* sink, v1::TraverseSummary* summary) {
  WayTree ways;
  const WalkTools tools{view, expander, budget, plan.include_paths ? &ways : nullptr};
  HitWriter writer(plan.count_only ? nullptr : sink, tools.ways, &budget, summary);
  std::vector<Reach> starts = Starts(plan);
  for (size_t i = 0; i < plan.steps.size() && !starts.empty() && !budget.stopped(); ++i) {
    const bool last = i + 1 == plan.steps.size();
    StepWalk walk(plan.steps[i], starts, tools);
    std::vector<Reach> hits;
    RETURN_IF_ERROR(walk.Run(static_cast<uint32_t>(i),
                             last || plan.include_intermediate ? &writer : nullptr,
                             last ? nullptr : &hits));
    summary->set_visited_entities(summary->visited_entities() + walk.met());
    starts = NextStarts(std::move(hits));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::TraverseSummary> Traverse(const TraversePlan& plan, graph::View& view,
                                             Expander& expander, Budget& budget,
                                             HitSink* sink) {
  v1::TraverseSummary summary;
  if (WalksByLevels(plan)) {
    LevelWalk walk(plan, view, expander, budget, plan.count_only ? nullptr : sink,
                   &summary);
    RETURN_IF_ERROR(walk.Run());
  } else {
    RETURN_IF_ERROR(WalkByWays(plan, view, expander, budget, sink, &summary));
  }
  summary.set_revision(view.revision());
  summary.set_hits(budget.hits());
  summary.set_visited_statements(budget.visited());
  summary.set_cut(budget.cut());
  return summary;
}

}  // namespace labgraph::query
