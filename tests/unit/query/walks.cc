#include "tests/unit/query/walks.h"

#include <memory>

#include "server/base/status_macros.h"
#include "server/query/expander.h"

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

}  // namespace

absl::StatusOr<TraverseAnswer> RunTraverse(const TestGraph& graph,
                                           const v1::TraverseRequest& request,
                                           Poll poll) {
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  ASSIGN_OR_RETURN(const TraversePlan plan, PlanTraverse(request, *view));
  StoreExpander expander(&view->records());
  Budget budget(plan.max_visited, plan.max_hits, std::move(poll));
  TraverseAnswer answer;
  Collector sink(&answer.hits);
  ASSIGN_OR_RETURN(answer.summary, Traverse(plan, *view, expander, budget, &sink));
  return answer;
}

absl::StatusOr<FoundPaths> RunFindPaths(const TestGraph& graph,
                                        const v1::FindPathsRequest& request, Poll poll) {
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  ASSIGN_OR_RETURN(const PathPlan plan, PlanPaths(request, *view));
  StoreExpander expander(&view->records());
  Budget budget(plan.max_visited, plan.max_paths, std::move(poll));
  return FindPaths(plan, *view, expander, budget);
}

absl::Status CheckTraverse(const TestGraph& graph, const v1::TraverseRequest& request) {
  return PlanTraverse(request, *graph.Read(request.read())).status();
}

absl::Status CheckFindPaths(const TestGraph& graph, const v1::FindPathsRequest& request) {
  return PlanPaths(request, *graph.Read(request.read())).status();
}

}  // namespace labgraph::query
