#include "tests/unit/query/matches.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/base/status_macros.h"
#include "server/query/aggregate.h"
#include "server/query/aggregate_plan.h"
#include "tests/unit/query/from_both.h"

namespace labgraph::query {
namespace {

class Collector final : public MatchRowSink {
 public:
  explicit Collector(std::vector<OwnedRow>* rows) : rows_(rows) {}
  absl::Status Take(const MatchRow& row) override {
    rows_->push_back({{row.entities.begin(), row.entities.end()},
                      {row.statements.begin(), row.statements.end()}});
    return absl::OkStatus();
  }

 private:
  std::vector<OwnedRow>* const rows_;
};

std::string Describe(const absl::StatusOr<MatchAnswer>& answer) {
  if (!answer.ok()) return answer.status().ToString();
  std::string text = answer->summary.ShortDebugString();
  for (const OwnedRow& row : answer->rows) {
    absl::StrAppend(&text, "\n", absl::StrJoin(row.entities, ","), " ",
                    absl::StrJoin(row.statements, ","));
  }
  return text;
}

std::string Describe(const absl::StatusOr<v1::AggregateResponse>& answer) {
  return answer.ok() ? answer->DebugString() : answer.status().ToString();
}

}  // namespace

absl::StatusOr<MatchAnswer> RunMatch(const TestGraph& graph,
                                     const v1::MatchPatternRequest& request, Poll poll) {
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  ASSIGN_OR_RETURN(const MatchPlan plan, PlanMatch(request, *view));
  const auto run = [&](Expander& expander) -> absl::StatusOr<MatchAnswer> {
    Budget budget(plan.max_visited, plan.max_rows, poll);
    MatchAnswer answer;
    Collector sink(&answer.rows);
    ASSIGN_OR_RETURN(answer.summary, MatchPattern(plan, *view, expander, budget, &sink));
    return answer;
  };
  return poll == nullptr ? FromBoth<MatchAnswer>(graph, *view, run, Describe)
                         : FromStore<MatchAnswer>(*view, run);
}

absl::StatusOr<v1::AggregateResponse> RunAggregate(const TestGraph& graph,
                                                   const v1::AggregateRequest& request,
                                                   Poll poll) {
  const std::unique_ptr<graph::View> view = graph.Read(request.read());
  ASSIGN_OR_RETURN(const AggregatePlan plan, PlanAggregate(request, *view));
  const auto run = [&](Expander& expander) {
    Budget budget(plan.max_visited, UINT64_MAX, poll);
    return Aggregate(plan, *view, expander, budget);
  };
  return poll == nullptr ? FromBoth<v1::AggregateResponse>(graph, *view, run, Describe)
                         : FromStore<v1::AggregateResponse>(*view, run);
}

absl::Status CheckMatch(const TestGraph& graph, const v1::MatchPatternRequest& request) {
  return PlanMatch(request, *graph.Read(request.read())).status();
}

absl::Status CheckAggregate(const TestGraph& graph, const v1::AggregateRequest& request) {
  return PlanAggregate(request, *graph.Read(request.read())).status();
}

}  // namespace labgraph::query
