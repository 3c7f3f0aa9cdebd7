#include "server/query/match_pattern.h"

#include <vector>

#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/query/edge_statements.h"
#include "server/query/join_order.h"
#include "server/query/pattern_join.h"

namespace labgraph::query {
namespace {

// Takes counts and lets them go: the budget adds them up.
class CountSink final : public MatchSink {
 public:
  absl::Status Take(absl::Span<const graph::Neighbor>, uint64_t) override {
    return absl::OkStatus();
  }
};

// Completes matches to rows.
class RowSink final : public MatchSink {
 public:
  RowSink(const MatchPlan& plan, const JoinOrder& order, const JoinTools& tools,
          MatchRowSink* sink)
      : include_statements_(plan.include_statements),
        statements_(plan.pattern, order, tools),
        budget_(tools.budget),
        sink_(sink) {}

  absl::Status Take(absl::Span<const graph::Neighbor> entities, uint64_t) override {
    MatchRow row{entities, {}};
    // There may be no time left to look; the join then ends by itself.
    budget_.Work(Budget::kReadUnits);
    if (include_statements_) {
      ASSIGN_OR_RETURN(row.statements, statements_.Of(entities));
    }
    return sink_->Take(row);
  }

 private:
  const bool include_statements_;
  EdgeStatements statements_;
  Budget& budget_;
  MatchRowSink* const sink_;
};

absl::Status Join(const MatchPlan& plan, const JoinOrder& order, const JoinTools& tools,
                  MatchRowSink* sink) {
  if (plan.count_only) {
    CountSink counts;
    return PatternJoin(plan.pattern, order, tools, &counts).Run();
  }
  RowSink rows(plan, order, tools, sink);
  return PatternJoin(plan.pattern, order, tools, &rows).Run();
}

}  // namespace

absl::StatusOr<MatchPlan> PlanMatch(const v1::MatchPatternRequest& request,
                                    const graph::View& view) {
  MatchPlan plan;
  plan.include_statements = request.include_statements();
  plan.count_only = request.count_only();
  ASSIGN_OR_RETURN(
      plan.max_rows,
      ValueWithin(request.max_rows(), plan.count_only ? UINT64_MAX : limits::kDefaultRows,
                  limits::kRows, "max_rows"));
  ASSIGN_OR_RETURN(plan.max_visited,
                   ValueWithin(request.max_visited(), limits::kDefaultVisited,
                               limits::kVisited, "max_visited"));
  ASSIGN_OR_RETURN(plan.pattern, PlanPattern(request.variables(), request.edges(),
                                             request.all_different(), view));
  return plan;
}

absl::StatusOr<v1::MatchPatternSummary> MatchPattern(const MatchPlan& plan,
                                                     graph::View& view,
                                                     Expander& expander, Budget& budget,
                                                     MatchRowSink* sink) {
  const JoinTools tools{view, expander, budget};
  const std::vector<bool> needed(plan.pattern.variables.size(), !plan.count_only);
  ASSIGN_OR_RETURN(const JoinOrder order, MakeJoinOrder(plan.pattern, needed, tools));
  RETURN_IF_ERROR(Join(plan, order, tools, sink));
  v1::MatchPatternSummary summary;
  summary.set_revision(view.revision());
  summary.set_rows(budget.hits());
  summary.set_visited_statements(budget.visited());
  summary.set_cut(budget.cut());
  for (const JoinStep& step : order.steps) {
    summary.add_order(plan.pattern.variables[step.variable].name);
  }
  return summary;
}

}  // namespace labgraph::query
