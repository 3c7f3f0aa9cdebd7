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
#include "server/rpc/walk_page.h"
#include "server/rpc/walk_rows.h"
#include "server/rpc/walk_view.h"

namespace labgraph::rpc {
namespace {

// Turns hits into messages. Those of nothing but ids are written over the rows of the
// message before: to make each anew would take longer than to walk to it.
class HitSender final : public query::HitSink {
 public:
  HitSender(WalkView& walk, v1::EntityView how, bool ids_alone,
            BatchingWriter<v1::TraverseResponse>& out)
      : walk_(walk), how_(how), ids_alone_(ids_alone), out_(out) {}

  absl::Status Take(const query::Hit& hit) override {
    v1::TraverseHit* const row = NextRow();
    RETURN_IF_ERROR(FillEntity(walk_, hit.entity, how_, row->mutable_entity()));
    row->set_depth(hit.depth);
    row->set_step(hit.step);
    row->set_certainty(hit.certainty);
    if (ids_alone_) return Added(row->entity().id().size() + kBytesBesidesId);
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
    return Added(row->ByteSizeLong());
  }

  // Leaves out what is left of an earlier message behind the last row.
  void EndMessage() {
    auto& hits = *out_.message()->mutable_hits();
    hits.DeleteSubrange(rows_, hits.size() - rows_);
    rows_ = 0;
  }

 private:
  // Tags and lengths of the row, its entity and the id, and three small numbers.
  static constexpr size_t kBytesBesidesId = 12;

  // An empty row, or one of ids whose fields are all to be set.
  v1::TraverseHit* NextRow() {
    auto& hits = *out_.message()->mutable_hits();
    if (rows_++ == hits.size()) return hits.Add();
    v1::TraverseHit* const row = hits.Mutable(rows_ - 1);
    row->mutable_entity()->clear_id();
    return row;
  }

  absl::Status Added(size_t bytes) {
    if (!out_.Fills(bytes)) return absl::OkStatus();
    EndMessage();
    return out_.Send();
  }

  WalkView& walk_;
  const v1::EntityView how_;
  const bool ids_alone_;
  BatchingWriter<v1::TraverseResponse>& out_;
  int rows_ = 0;  // in the message
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
      WalkPage::Open(request.page_token(), request.read(), request, graph.lineage()));
  ASSIGN_OR_RETURN(const std::unique_ptr<WalkView> walk,
                   WalkView::Open(graph, cache, page.read));
  ASSIGN_OR_RETURN(const query::TraversePlan plan,
                   query::PlanTraverse(request, walk->view()));
  query::Budget budget(plan.max_visited, plan.max_hits, Poll(call), page.before);
  const bool ids_alone = request.view() == v1::ENTITY_VIEW_IDS && !plan.include_paths;
  BatchingWriter<v1::TraverseResponse> out(writer, call,
                                           ids_alone ? Reuse::kRows : Reuse::kNothing);
  HitSender sink(*walk, request.view(), ids_alone, out);
  ASSIGN_OR_RETURN(v1::TraverseSummary summary,
                   query::Traverse(plan, walk->view(), walk->expander(), budget, &sink));
  sink.EndMessage();
  if (summary.cut() == v1::CUT_REASON_MAX_HITS && !plan.count_only) {
    summary.set_next_page_token(
        page.NextToken(summary.revision(), summary.hits(), request, graph.lineage()));
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
      WalkPage::Open(request.page_token(), request.read(), request, graph.lineage()));
  ASSIGN_OR_RETURN(const std::unique_ptr<WalkView> walk,
                   WalkView::Open(graph, cache, page.read));
  ASSIGN_OR_RETURN(const query::PathPlan plan, query::PlanPaths(request, walk->view()));
  query::Budget budget(plan.max_visited, plan.max_paths, Poll(call), page.before);
  BatchingWriter<v1::FindPathsResponse> out(writer, call);
  PathSender sink(*walk, request.view(), out);
  ASSIGN_OR_RETURN(query::PathsAnswer answer,
                   query::FindPaths(plan, walk->view(), walk->expander(), budget, &sink));
  v1::FindPathsSummary& summary = answer.summary;
  if (answer.may_have_more) {
    summary.set_next_page_token(
        page.NextToken(summary.revision(), summary.paths(), request, graph.lineage()));
  }
  *out.message()->mutable_summary() = std::move(summary);
  return out.Finish();
}

}  // namespace labgraph::rpc
