#include "server/rpc/walks.h"

#include <functional>
#include <memory>
#include <utility>

#include "absl/time/clock.h"
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
#include "server/rpc/walk_page.h"
#include "server/rpc/walk_view.h"

namespace labgraph::rpc {
namespace {

// The share of a call's time that a walk leaves for its answer to be sent.
constexpr double kAnswerShare = 0.05;

// Asks the call how a walk stands.
std::function<query::Signal()> Poll(const Call& call) {
  const absl::Time now = absl::Now();
  const absl::Time stop = call.deadline() - (call.deadline() - now) * kAnswerShare;
  return [&call, stop] {
    if (absl::Now() >= stop) return query::Signal::kDeadlineNear;
    return call.Check().ok() ? query::Signal::kGoOn : query::Signal::kCancelled;
  };
}

// The entity of a row: as the view gives it, or with the id alone.
absl::Status FillEntity(WalkView& walk, keys::EntityNumber number, v1::EntityView how,
                        v1::Entity* out) {
  if (how == v1::ENTITY_VIEW_IDS) {
    ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> card,
                     walk.expander().Card(number));
    if (card.has_value() && walk.view().MaySee(card->visibility)) {
      out->set_id(card->id.data(), card->id.size());
    }
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(absl::optional<v1::Entity> entity, walk.view().GetEntity(number, how));
  if (entity.has_value()) *out = *std::move(entity);
  return absl::OkStatus();
}

absl::Status FillStatement(WalkView& walk, keys::StatementNumber number,
                           v1::EntityView how, v1::Statement* out) {
  if (how == v1::ENTITY_VIEW_IDS) {
    ASSIGN_OR_RETURN(*out->mutable_id(), walk.view().StatementId(number));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(absl::optional<v1::Statement> statement,
                   walk.view().GetStatement(number));
  if (statement.has_value()) *out = *std::move(statement);
  return absl::OkStatus();
}

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

// Turns paths into messages.
class PathSender final : public query::PathSink {
 public:
  PathSender(WalkView& walk, v1::EntityView how,
             BatchingWriter<v1::FindPathsResponse>& out)
      : walk_(walk), how_(how), out_(out) {}

  absl::Status Take(const query::FoundPath& path) override {
    v1::Path* row = out_.message()->add_paths();
    for (const keys::EntityNumber entity : path.entities) {
      RETURN_IF_ERROR(FillEntity(walk_, entity, how_, row->add_entities()));
    }
    for (const keys::StatementNumber statement : path.statements) {
      RETURN_IF_ERROR(FillStatement(walk_, statement, how_, row->add_statements()));
    }
    row->set_certainty(path.certainty);
    return out_.Added(row->ByteSizeLong());
  }

 private:
  WalkView& walk_;
  const v1::EntityView how_;
  BatchingWriter<v1::FindPathsResponse>& out_;
};

}  // namespace

absl::Status Traverse(const graph::Graph& graph, adjacency::Cache* cache,
                      const v1::TraverseRequest& request, const Call& call,
                      grpc::ServerWriter<v1::TraverseResponse>* writer) {
  RETURN_IF_ERROR(CheckView(request.view()));
  ASSIGN_OR_RETURN(
      const WalkPage page,
      WalkPage::Open(request.page_token(), request.read(), request, graph.store_id()));
  ASSIGN_OR_RETURN(const std::unique_ptr<WalkView> walk,
                   WalkView::Open(graph, cache, page.read));
  ASSIGN_OR_RETURN(const query::TraversePlan plan,
                   query::PlanTraverse(request, walk->view()));
  query::Budget budget(plan.max_visited, plan.max_hits, Poll(call), page.before);
  BatchingWriter<v1::TraverseResponse> out(writer);
  HitSender sink(*walk, request.view(), out);
  ASSIGN_OR_RETURN(v1::TraverseSummary summary,
                   query::Traverse(plan, walk->view(), walk->expander(), budget, &sink));
  if (summary.cut() == v1::CUT_REASON_MAX_HITS && !plan.count_only) {
    summary.set_next_page_token(
        page.NextToken(summary.revision(), summary.hits(), request, graph.store_id()));
  }
  *out.message()->mutable_summary() = std::move(summary);
  return out.Finish();
}

absl::Status FindPaths(const graph::Graph& graph, adjacency::Cache* cache,
                       const v1::FindPathsRequest& request, const Call& call,
                       grpc::ServerWriter<v1::FindPathsResponse>* writer) {
  RETURN_IF_ERROR(CheckView(request.view()));
  ASSIGN_OR_RETURN(
      const WalkPage page,
      WalkPage::Open(request.page_token(), request.read(), request, graph.store_id()));
  ASSIGN_OR_RETURN(const std::unique_ptr<WalkView> walk,
                   WalkView::Open(graph, cache, page.read));
  ASSIGN_OR_RETURN(const query::PathPlan plan, query::PlanPaths(request, walk->view()));
  query::Budget budget(plan.max_visited, plan.max_paths, Poll(call), page.before);
  BatchingWriter<v1::FindPathsResponse> out(writer);
  PathSender sink(*walk, request.view(), out);
  ASSIGN_OR_RETURN(query::PathsAnswer answer,
                   query::FindPaths(plan, walk->view(), walk->expander(), budget, &sink));
  v1::FindPathsSummary& summary = answer.summary;
  if (answer.may_have_more) {
    summary.set_next_page_token(
        page.NextToken(summary.revision(), summary.paths(), request, graph.store_id()));
  }
  *out.message()->mutable_summary() = std::move(summary);
  return out.Finish();
}

}  // namespace labgraph::rpc
