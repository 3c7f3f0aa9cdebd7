#include "server/rpc/patterns.h"

#include <cstdint>
#include <memory>

#include "server/base/status_macros.h"
#include "server/query/aggregate.h"
#include "server/query/aggregate_plan.h"
#include "server/query/budget.h"
#include "server/query/match_pattern.h"
#include "server/rpc/batching_writer.h"
#include "server/rpc/lookup.h"
#include "server/rpc/walk_rows.h"
#include "server/rpc/walk_view.h"

namespace labgraph::rpc {
namespace {

// Turns matches into messages.
class RowSender final : public query::MatchRowSink {
 public:
  RowSender(WalkView& walk, v1::EntityView how,
            BatchingWriter<v1::MatchPatternResponse>& out)
      : walk_(walk), how_(how), out_(out) {}

  absl::Status Take(const query::MatchRow& match) override {
    v1::PatternRow* const row = out_.message()->add_rows();
    for (const graph::Neighbor entity : match.entities) {
      RETURN_IF_ERROR(FillEntity(walk_, entity, how_, row->add_entities()));
    }
    for (const keys::StatementNumber statement : match.statements) {
      v1::Statement* const out = row->add_statements();
      if (statement != 0) RETURN_IF_ERROR(FillStatement(walk_, statement, how_, out));
    }
    return out_.Added(row->ByteSizeLong());
  }

 private:
  WalkView& walk_;
  const v1::EntityView how_;
  BatchingWriter<v1::MatchPatternResponse>& out_;
};

}  // namespace

absl::Status MatchPattern(const graph::Graph& graph, adjacency::Cache* cache,
                          const v1::MatchPatternRequest& request, const Call& call,
                          grpc::ServerWriter<v1::MatchPatternResponse>* writer) {
  RETURN_IF_ERROR(CheckView(request.view()));
  ASSIGN_OR_RETURN(const std::unique_ptr<WalkView> walk,
                   WalkView::Open(graph, cache, request.read()));
  ASSIGN_OR_RETURN(const query::MatchPlan plan, query::PlanMatch(request, walk->view()));
  query::Budget budget(plan.max_visited, plan.max_rows, Poll(call));
  BatchingWriter<v1::MatchPatternResponse> out(writer, call);
  RowSender sink(*walk, request.view(), out);
  ASSIGN_OR_RETURN(
      *out.message()->mutable_summary(),
      query::MatchPattern(plan, walk->view(), walk->expander(), budget, &sink));
  return out.Finish();
}

absl::Status Aggregate(const graph::Graph& graph, adjacency::Cache* cache,
                       const v1::AggregateRequest& request, const Call& call,
                       v1::AggregateResponse* response) {
  ASSIGN_OR_RETURN(const std::unique_ptr<WalkView> walk,
                   WalkView::Open(graph, cache, request.read()));
  ASSIGN_OR_RETURN(const query::AggregatePlan plan,
                   query::PlanAggregate(request, walk->view()));
  query::Budget budget(plan.max_visited, UINT64_MAX, Poll(call));
  ASSIGN_OR_RETURN(*response,
                   query::Aggregate(plan, walk->view(), walk->expander(), budget));
  return absl::OkStatus();
}

}  // namespace labgraph::rpc
