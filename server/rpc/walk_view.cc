#include "server/rpc/walk_view.h"

#include <utility>

#include "server/base/status_macros.h"
#include "server/rpc/lookup.h"

namespace labgraph::rpc {

absl::StatusOr<std::unique_ptr<WalkView>> WalkView::Open(const graph::Graph& graph,
                                                         adjacency::Cache* cache,
                                                         const v1::ReadOptions& read) {
  ASSIGN_OR_RETURN(std::unique_ptr<graph::View> view,
                   OpenView(graph, read, graph::ReadFilter::Mode::kWalk));
  return std::make_unique<WalkView>(std::move(view), cache);
}

}  // namespace labgraph::rpc
