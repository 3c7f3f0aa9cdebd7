#include "bench/engine.h"

#include "bench/require.h"
#include "server/adjacency/reader.h"
#include "server/app/options.h"
#include "server/base/limits.h"
#include "server/keys/keyspaces.h"
#include "server/kv/rocksdb_store.h"
#include "server/query/budget.h"
#include "server/query/find_paths.h"
#include "server/query/list_neighbors.h"
#include "server/query/traverse.h"
#include "server/rpc/walk_view.h"

namespace labgraph::bench {
namespace {

using Mode = graph::ReadFilter::Mode;

std::unique_ptr<kv::Store> OpenStore(const std::string& data) {
  kv::RocksDbOptions options;
  options.path = data;
  options.create_if_missing = false;
  return Value(kv::OpenRocksDb(options, keys::Names()));
}

std::shared_ptr<rpc::WalkView> OpenWalk(const graph::Graph& graph,
                                        adjacency::Cache* edges, const std::string& day) {
  v1::ReadOptions options;
  options.set_valid_at(day);
  return Value(rpc::WalkView::Open(graph, edges, options));
}

}  // namespace

Engine::Engine(const std::string& data)
    : store_(OpenStore(data)),
      edges_(NewCache()),
      graph_(Value(graph::Graph::Open(store_.get(), nullptr, &clock_))) {}

std::unique_ptr<adjacency::Cache> Engine::NewCache() {
  return std::make_unique<adjacency::Cache>(app::Options().adjacency_mib << 20);
}

Engine::HopWalk Engine::PlanHops(uint32_t node, uint32_t hops, const std::string& day,
                                 adjacency::Cache* edges) {
  v1::TraverseRequest request;
  request.add_start(NodeId(node));
  request.set_count_only(true);
  request.set_max_visited(limits::kVisited.value);
  request.set_max_hits(limits::kHits.value);
  request.add_steps()->set_max_hops(hops);
  const auto walk = OpenWalk(*graph_, edges, day);
  return [walk, plan = Value(query::PlanTraverse(request, walk->view()))]() -> HopCount {
    query::Budget budget(plan.max_visited, plan.max_hits, nullptr);
    const v1::TraverseSummary summary =
        Value(query::Traverse(plan, walk->view(), walk->expander(), budget, nullptr));
    return {summary.hits(), summary.visited_statements()};
  };
}

Engine::PathWalk Engine::PlanPath(uint32_t from, uint32_t to) {
  v1::FindPathsRequest request;
  request.add_from(NodeId(from));
  request.add_to(NodeId(to));
  request.set_direction(v1::DIRECTION_OUT);
  request.set_max_hops(limits::kHops.value);
  request.set_max_visited(limits::kVisited.value);
  const auto walk = OpenWalk(*graph_, edges_.get(), "");
  return [walk, plan = Value(query::PlanPaths(request, walk->view()))] {
    query::Budget budget(plan.max_visited, plan.max_paths, nullptr);
    const v1::FindPathsSummary summary =
        Value(query::FindPaths(plan, walk->view(), walk->expander(), budget, nullptr))
            .summary;
    return summary.paths() == 0 ? -1 : static_cast<int>(summary.hops());
  };
}

void Engine::Fill(adjacency::Cache* edges) {
  const auto view = Value(graph_->Read({}, Mode::kWalk));
  adjacency::Reader reader(edges, &view->records());
  for (keys::EntityNumber node = 1; node < view->head().state.next_entity; ++node) {
    Require(reader.Edges(graph::EdgeDirection::kOut, node).status());
    Require(reader.Edges(graph::EdgeDirection::kIn, node).status());
  }
}

v1::Entity Engine::GetEntity(uint32_t node) {
  const auto view = Value(graph_->Read({}, Mode::kList));
  const auto number = Value(view->records().ResolveEntity(NodeId(node), "id"));
  return *Value(view->GetEntity(number, v1::ENTITY_VIEW_NAMES));
}

size_t Engine::ListNeighbors(uint32_t node) {
  v1::ListNeighborsRequest request;
  request.set_id(NodeId(node));
  request.set_direction(v1::DIRECTION_OUT);
  request.set_view(v1::ENTITY_VIEW_IDS);
  const auto walk = OpenWalk(*graph_, edges_.get(), "");
  const auto page = Value(query::ListNeighbors(walk->view(), walk->expander(), request,
                                               {"", limits::kDefaultPageSize}));
  size_t neighbors = 0;
  for (const v1::NeighborGroup& group : page.response.groups()) {
    neighbors += static_cast<size_t>(group.neighbors_size());
  }
  return neighbors;
}

keys::EntityNumber Engine::NumberOf(uint32_t node) {
  const auto view = Value(graph_->Read({}, Mode::kList));
  return Value(view->records().ResolveEntity(NodeId(node), "id"));
}

}  // namespace labgraph::bench
