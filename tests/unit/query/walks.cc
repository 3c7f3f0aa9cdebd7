#include "tests/unit/query/walks.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "server/base/status_macros.h"
#include "server/query/expander.h"
#include "server/query/level_walk.h"
#include "tests/unit/query/from_both.h"

namespace labgraph::query {
namespace {

class Collector final : public HitSink {
 public:
  explicit Collector(std::vector<OwnedHit>* hits) : hits_(hits) {}
  absl::Status Take(const Hit& hit) override {
    hits_->push_back({hit, {hit.path.begin(), hit.path.end()}});
    return absl::OkStatus();
  }

 private:
  std::vector<OwnedHit>* const hits_;
};

// What a walk by levels gives.
std::string DescribeLevels(const absl::StatusOr<TraverseAnswer>& answer) {
  if (!answer.ok()) return answer.status().ToString();
  std::string text = answer->summary.ShortDebugString();
  for (const OwnedHit& hit : answer->hits) {
    absl::StrAppend(&text, "\n", hit.hit.entity, " ", hit.hit.depth, " ", hit.hit.step);
  }
  return text;
}

std::string Describe(const absl::StatusOr<TraverseAnswer>& answer) {
  std::string text = DescribeLevels(answer);
  if (!answer.ok()) return text;
  for (const OwnedHit& hit : answer->hits) {
    absl::StrAppend(&text, "\n", hit.hit.statement, " ", hit.hit.from, " ",
                    hit.hit.certainty, " ", absl::StrJoin(hit.path, ","));
  }
  return text;
}

std::string Describe(const absl::StatusOr<FoundPaths>& found) {
  if (!found.ok()) return found.status().ToString();
  std::string text = found->summary.ShortDebugString();
  for (const FoundPath& path : found->paths) {
    absl::StrAppend(&text, "\n", absl::StrJoin(path.entities, ","), " ",
                    absl::StrJoin(path.statements, ","), " ", path.certainty);
  }
  return text;
}

absl::StatusOr<TraverseAnswer> RunPlan(const TraversePlan& plan, graph::View& view,
                                       const Poll& poll, Expander& expander) {
  Budget budget(plan.max_visited, plan.max_hits, poll);
  TraverseAnswer answer;
  Collector sink(&answer.hits);
  ASSIGN_OR_RETURN(answer.summary, Traverse(plan, view, expander, budget, &sink));
  return answer;
}

// Where the plan lets it, a walk by levels must find what the walk by ways found.
void CheckLevels(const TestGraph& graph, graph::View& view, TraversePlan plan,
                 const TraverseAnswer& by_ways) {
  if (plan.count_only || plan.ids_only) return;
  const auto run = [&](Expander& expander) {
    return RunPlan(plan, view, nullptr, expander);
  };
  plan.include_paths = false;
  plan.ids_only = true;
  if (WalksByLevels(plan)) {
    EXPECT_EQ(DescribeLevels(FromMemory<TraverseAnswer>(graph, view, run)),
              DescribeLevels(by_ways));
  }
  plan.count_only = true;
  if (WalksByLevels(plan)) {
    EXPECT_EQ(DescribeLevels(FromMemory<TraverseAnswer>(graph, view, run)),
              DescribeLevels(TraverseAnswer{{}, by_ways.summary}));
  }
}

}  // namespace

absl::StatusOr<TraverseAnswer> RunTraverse(const TestGraph& graph,
                                           const v1::TraverseRequest& request,
                                           Poll poll) {
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  ASSIGN_OR_RETURN(const TraversePlan plan, PlanTraverse(request, *view));
  const auto run = [&](Expander& expander) {
    return RunPlan(plan, *view, poll, expander);
  };
  if (poll != nullptr) return FromStore<TraverseAnswer>(*view, run);
  ASSIGN_OR_RETURN(TraverseAnswer answer,
                   FromBoth<TraverseAnswer>(graph, *view, run, Describe));
  CheckLevels(graph, *view, plan, answer);
  return answer;
}

absl::StatusOr<FoundPaths> RunFindPaths(const TestGraph& graph,
                                        const v1::FindPathsRequest& request, Poll poll) {
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  ASSIGN_OR_RETURN(const PathPlan plan, PlanPaths(request, *view));
  const auto run = [&](Expander& expander) {
    Budget budget(plan.max_visited, plan.max_paths, poll);
    return FindPaths(plan, *view, expander, budget);
  };
  return poll == nullptr ? FromBoth<FoundPaths>(graph, *view, run, Describe)
                         : FromStore<FoundPaths>(*view, run);
}

absl::Status CheckTraverse(const TestGraph& graph, const v1::TraverseRequest& request) {
  return PlanTraverse(request, *graph.Read(request.read())).status();
}

absl::Status CheckFindPaths(const TestGraph& graph, const v1::FindPathsRequest& request) {
  return PlanPaths(request, *graph.Read(request.read())).status();
}

}  // namespace labgraph::query
