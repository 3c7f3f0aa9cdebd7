#include "bench/engine.h"

#include "bench/require.h"
#include "server/base/limits.h"
#include "server/keys/keyspaces.h"
#include "server/kv/rocksdb_store.h"
#include "server/query/budget.h"
#include "server/query/expander.h"
#include "server/query/find_paths.h"
#include "server/query/list_neighbors.h"
#include "server/query/traverse.h"

namespace labgraph::bench {
namespace {

using Mode = graph::ReadFilter::Mode;

std::unique_ptr<kv::Store> OpenStore(const std::string& data) {
  kv::RocksDbOptions options;
  options.path = data;
  options.create_if_missing = false;
  return Value(kv::OpenRocksDb(options, keys::Names()));
}

}  // namespace

Engine::Engine(const std::string& data)
    : store_(OpenStore(data)),
      graph_(Value(graph::Graph::Open(store_.get(), nullptr, &clock_))) {}

std::unique_ptr<graph::View> Engine::Read(const std::string& valid_at, Mode mode) {
  v1::ReadOptions options;
  options.set_valid_at(valid_at);
  return Value(graph_->Read(options, mode));
}

HopCount Engine::CountHops(uint32_t node, uint32_t hops, const std::string& valid_at) {
  v1::TraverseRequest request;
  request.add_start(NodeId(node));
  request.set_count_only(true);
  request.set_max_visited(limits::kVisited.value);
  request.add_steps()->set_max_hops(hops);
  const auto view = Read(valid_at, Mode::kWalk);
  const query::TraversePlan plan = Value(query::PlanTraverse(request, *view));
  query::Budget budget(plan.max_visited, plan.max_hits, nullptr);
  query::StoreExpander expander(&view->records());
  const v1::TraverseSummary summary =
      Value(query::Traverse(plan, *view, expander, budget, nullptr));
  return {summary.hits(), summary.visited_statements()};
}

int Engine::PathHops(uint32_t from, uint32_t to) {
  v1::FindPathsRequest request;
  request.add_from(NodeId(from));
  request.add_to(NodeId(to));
  request.set_direction(v1::DIRECTION_OUT);
  request.set_max_hops(limits::kHops.value);
  request.set_max_visited(limits::kVisited.value);
  const auto view = Read("", Mode::kWalk);
  const query::PathPlan plan = Value(query::PlanPaths(request, *view));
  query::Budget budget(plan.max_visited, plan.max_paths, nullptr);
  query::StoreExpander expander(&view->records());
  const query::FoundPaths found = Value(query::FindPaths(plan, *view, expander, budget));
  return found.paths.empty() ? -1 : static_cast<int>(found.summary.hops());
}

v1::Entity Engine::GetEntity(uint32_t node) {
  const auto view = Read("", Mode::kList);
  const auto number = Value(view->records().ResolveEntity(NodeId(node), "id"));
  return *Value(view->GetEntity(number, v1::ENTITY_VIEW_NAMES));
}

size_t Engine::ListNeighbors(uint32_t node) {
  v1::ListNeighborsRequest request;
  request.set_id(NodeId(node));
  request.set_direction(v1::DIRECTION_OUT);
  request.set_view(v1::ENTITY_VIEW_IDS);
  const auto view = Read("", Mode::kWalk);
  const auto page =
      Value(query::ListNeighbors(*view, request, {"", limits::kDefaultPageSize}));
  size_t neighbors = 0;
  for (const v1::NeighborGroup& group : page.response.groups()) {
    neighbors += static_cast<size_t>(group.neighbors_size());
  }
  return neighbors;
}

keys::EntityNumber Engine::NumberOf(uint32_t node) {
  return Value(Read("", Mode::kList)->records().ResolveEntity(NodeId(node), "id"));
}

}  // namespace labgraph::bench
