#ifndef LABGRAPH_SERVER_RPC_WALK_VIEW_H_
#define LABGRAPH_SERVER_RPC_WALK_VIEW_H_

#include <memory>

#include "absl/status/statusor.h"
#include "labgraph/v1/read_options.pb.h"
#include "server/adjacency/cache.h"
#include "server/adjacency/reader.h"
#include "server/graph/graph.h"
#include "server/graph/view.h"
#include "server/query/expander.h"

namespace labgraph::rpc {

// The graph as one walk sees it: records from the store, structure from memory. Not
// thread-safe.
class WalkView {
 public:
  // `graph` and `cache` (may be null) must outlive the view. Errors: those of
  // Graph::Read, at "read".
  static absl::StatusOr<std::unique_ptr<WalkView>> Open(const graph::Graph& graph,
                                                        adjacency::Cache* cache,
                                                        const v1::ReadOptions& read);
  WalkView(std::unique_ptr<graph::View> view, adjacency::Cache* cache)
      : view_(std::move(view)), reader_(cache, &view_->records()), expander_(&reader_) {}

  graph::View& view() { return *view_; }
  query::Expander& expander() { return expander_; }

 private:
  const std::unique_ptr<graph::View> view_;
  adjacency::Reader reader_;
  query::BlockExpander expander_;
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_WALK_VIEW_H_
