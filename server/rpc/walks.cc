#include "server/rpc/walks.h"

#include <memory>
#include <utility>

#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/query/budget.h"
#include "server/query/expander.h"
#include "server/query/find_paths.h"
#include "server/query/path_plan.h"
#include "server/query/traverse.h"
#include "server/query/traverse_plan.h"
#include "server/rpc/batching_writer.h"
#include "server/rpc/lookup.h"
#include "server/rpc/walk_rows.h"
#include "server/rpc/walk_view.h"

namespace labgraph::rpc {
namespace {

// Turns hits into messages.
class HitSender final : public query::HitSink {
 public:
  HitSender(WalkView& walk, v1::EntityView how, BatchingWriter<v1::TraverseResponse>& out)
      : walk_(walk), how_(how), out_(out) {}

  absl::Status Take(const query::Hit& hit) override {
    v1::TraverseHit* row = out_.message()->add_hits();
    RETURN_IF_ERROR(FillEntity(walk_, hit.entity, how_, row->mutable_entity()));
    row->set_depth(hit.depth);
    row->set_step(hit.step);
    row->set_certainty(hit.certainty);
    if (hit.statement != 0 && how_ != v1::ENTITY_VIEW_IDS) {
      RETURN_IF_ERROR(
          FillStatement(walk_, hit.statement, how_, row->mutable_statement()));
      ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> from,
                       walk_.expander().Card(hit.from));
      if (from.has_value()) row->set_from(from->id.data(), from->id.size());
    }
    for (const keys::StatementNumber statement : hit.path) {
      RETURN_IF_ERROR(FillStatement(walk_, statement, how_, row->add_path()));
    }
    return out_.Added(row->ByteSizeLong());
  }

 private:
  WalkView& walk_;
  const v1::EntityView how_;
  BatchingWriter<v1::TraverseResponse>& out_;
};

absl::Status FillPath(WalkView& walk, const query::FoundPath& path, v1::EntityView how,
                      v1::Path* out) {
  for (const keys::EntityNumber entity : path.entities) {
    RETURN_IF_ERROR(FillEntity(walk, entity, how, out->add_entities()));
  }
  for (const keys::StatementNumber statement : path.statements) {
    RETURN_IF_ERROR(FillStatement(walk, statement, how, out->add_statements()));
  }
  out->set_certainty(path.certainty);
  return absl::OkStatus();
}

}  // namespace

absl::Status Traverse(const graph::Graph& graph, adjacency::Cache* cache,
                      const v1::TraverseRequest& request, const Call& call,
                      grpc::ServerWriter<v1::TraverseResponse>* writer) {
  RETURN_IF_ERROR(CheckView(request.view()));
  ASSIGN_OR_RETURN(const std::unique_ptr<WalkView> walk,
                   WalkView::Open(graph, cache, request.read()));
  ASSIGN_OR_RETURN(const query::TraversePlan plan,
                   query::PlanTraverse(request, walk->view()));
  query::Budget budget(plan.max_visited, plan.max_hits, Poll(call));
  BatchingWriter<v1::TraverseResponse> out(writer);
  HitSender sink(*walk, request.view(), out);
  ASSIGN_OR_RETURN(*out.message()->mutable_summary(),
                   query::Traverse(plan, walk->view(), walk->expander(), budget, &sink));
  return out.Finish();
}

absl::Status FindPaths(const graph::Graph& graph, adjacency::Cache* cache,
                       const v1::FindPathsRequest& request, const Call& call,
                       grpc::ServerWriter<v1::FindPathsResponse>* writer) {
  RETURN_IF_ERROR(CheckView(request.view()));
  ASSIGN_OR_RETURN(const std::unique_ptr<WalkView> walk,
                   WalkView::Open(graph, cache, request.read()));
  ASSIGN_OR_RETURN(const query::PathPlan plan, query::PlanPaths(request, walk->view()));
  query::Budget budget(plan.max_visited, plan.max_paths, Poll(call));
  BatchingWriter<v1::FindPathsResponse> out(writer);
  ASSIGN_OR_RETURN(query::FoundPaths found,
                   query::FindPaths(plan, walk->view(), walk->expander(), budget));
  for (const query::FoundPath& path : found.paths) {
    v1::Path* row = out.message()->add_paths();
    RETURN_IF_ERROR(FillPath(*walk, path, request.view(), row));
    RETURN_IF_ERROR(out.Added(row->ByteSizeLong()));
  }
  *out.message()->mutable_summary() = std::move(found.summary);
  return out.Finish();
}

}  // namespace labgraph::rpc
