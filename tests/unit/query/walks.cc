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

class PathCollector final : public PathSink {
 public:
  explicit PathCollector(std::vector<FoundPath>* paths) : paths_(paths) {}
  absl::Status Take(const FoundPath& path) override {
    paths_->push_back(path);
    return absl::OkStatus();
  }

 private:
  std::vector<FoundPath>* const paths_;
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
  std::string text =
      absl::StrCat(found->summary.ShortDebugString(), " ", found->may_have_more);
  for (const FoundPath& path : found->paths) {
    absl::StrAppend(&text, "\n", absl::StrJoin(path.entities, ","), " ",
                    absl::StrJoin(path.statements, ","), " ", path.certainty);
  }
  return text;
}

absl::StatusOr<TraverseAnswer> RunPlan(const TraversePlan& plan, graph::View& view,
                                       const Poll& poll, uint64_t before,
                                       Expander& expander) {
  Budget budget(plan.max_visited, plan.max_hits, poll, before);
  TraverseAnswer answer;
  Collector sink(&answer.hits);
  ASSIGN_OR_RETURN(answer.summary, Traverse(plan, view, expander, budget, &sink));
  return answer;
}

// Where the plan lets it, a walk by levels must find what the walk by ways found.
void CheckLevels(const TestGraph& graph, graph::View& view, TraversePlan plan,
                 uint64_t before, const TraverseAnswer& by_ways) {
  if (plan.count_only || plan.ids_only) return;
  const auto run = [&](Expander& expander) {
    return RunPlan(plan, view, nullptr, before, expander);
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

std::string TextOf(const graph::View& view, const FoundPath& path) {
  const auto key = [&](keys::EntityNumber number) {
    const std::string id = Id(view, number);
    return id.substr(id.find('/') + 1);
  };
  std::string text = key(path.entities[0]);
  for (size_t i = 0; i < path.statements.size(); ++i) {
    absl::StrAppend(&text, " -", StatementId(view, path.statements[i]), "- ",
                    key(path.entities[i + 1]));
  }
  if (path.certainty == v1::CERTAINTY_POSSIBLE) text += "?";
  return text;
}

}  // namespace

absl::StatusOr<TraverseAnswer> RunTraverse(const TestGraph& graph,
                                           const v1::TraverseRequest& request, Poll poll,
                                           uint64_t before) {
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  ASSIGN_OR_RETURN(const TraversePlan plan, PlanTraverse(request, *view));
  const auto run = [&](Expander& expander) {
    return RunPlan(plan, *view, poll, before, expander);
  };
  if (poll != nullptr) return FromStore<TraverseAnswer>(*view, run);
  ASSIGN_OR_RETURN(TraverseAnswer answer,
                   FromBoth<TraverseAnswer>(graph, *view, run, Describe));
  CheckLevels(graph, *view, plan, before, answer);
  return answer;
}

absl::StatusOr<FoundPaths> RunFindPaths(const TestGraph& graph,
                                        const v1::FindPathsRequest& request, Poll poll,
                                        uint64_t before) {
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  ASSIGN_OR_RETURN(const PathPlan plan, PlanPaths(request, *view));
  const auto run = [&](Expander& expander) -> absl::StatusOr<FoundPaths> {
    Budget budget(plan.max_visited, plan.max_paths, poll, before);
    FoundPaths found;
    PathCollector sink(&found.paths);
    ASSIGN_OR_RETURN(const PathsAnswer answer,
                     FindPaths(plan, *view, expander, budget, &sink));
    found.summary = answer.summary;
    found.may_have_more = answer.may_have_more;
    return found;
  };
  return poll == nullptr ? FromBoth<FoundPaths>(graph, *view, run, Describe)
                         : FromStore<FoundPaths>(*view, run);
}

std::vector<std::string> PathTexts(const TestGraph& graph,
                                   const v1::FindPathsRequest& request, uint64_t before) {
  const absl::StatusOr<FoundPaths> found = RunFindPaths(graph, request, nullptr, before);
  EXPECT_TRUE(found.ok()) << found.status();
  std::vector<std::string> texts;
  if (!found.ok()) return texts;
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  for (const FoundPath& path : found->paths) texts.push_back(TextOf(*view, path));
  return texts;
}

absl::Status CheckTraverse(const TestGraph& graph, const v1::TraverseRequest& request) {
  return PlanTraverse(request, *graph.Read(request.read())).status();
}

absl::Status CheckFindPaths(const TestGraph& graph, const v1::FindPathsRequest& request) {
  return PlanPaths(request, *graph.Read(request.read())).status();
}

}  // namespace labgraph::query
