// What walking costs against a roofline taken in the same run: a breadth-first search
// over the same edges in a plain compressed sparse row array. Read the figures as ratios
// of items_per_second (edges).

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "server/base/clock.h"
#include "server/graph/graph.h"
#include "server/keys/keyspaces.h"
#include "server/keys/segment.h"
#include "server/kv/memory_store.h"
#include "server/query/budget.h"
#include "server/query/expander.h"
#include "server/query/traverse.h"
#include "server/query/traverse_plan.h"

namespace labgraph {
namespace {

constexpr uint32_t kNodes = 20000;
constexpr uint32_t kEdges = 100000;
constexpr uint32_t kSeed = 1;
constexpr int kMutationsInCommit = 10000;

std::string Id(uint32_t node) { return absl::StrCat("node/n", node); }

// Edges whose targets are drawn from a skewed distribution: few nodes have many.
std::vector<std::pair<uint32_t, uint32_t>> MakeEdges() {
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  for (uint32_t i = 0; i < kEdges; ++i) {
    const auto from = static_cast<uint32_t>(unit(random) * kNodes);
    const double skew = unit(random);
    edges.emplace_back(from, static_cast<uint32_t>(skew * skew * skew * kNodes));
  }
  return edges;
}

void Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

// The edges in a graph and in a plain array.
struct Data {
  SystemClock clock;
  std::unique_ptr<kv::Store> store = kv::NewMemoryStore(keys::Names().size());
  std::unique_ptr<graph::Graph> graph;
  std::vector<uint32_t> offsets;
  std::vector<uint32_t> targets;

  Data() {
    const auto edges = MakeEdges();
    LoadGraph(edges);
    LoadArray(edges);
  }

  void LoadGraph(const std::vector<std::pair<uint32_t, uint32_t>>& edges) {
    auto opened = graph::Graph::Open(store.get(), nullptr, &clock);
    Require(opened.status());
    graph = *std::move(opened);
    v1::ApplySchemaRequest schema;
    schema.mutable_schema()->add_kinds()->set_name("node");
    schema.mutable_schema()->add_predicates()->set_name("to");
    Require(graph->ApplySchema(schema).status());
    v1::CommitRequest commit;
    const auto flush = [&](bool all) {
      if (!all && commit.mutations_size() < kMutationsInCommit) return;
      Require(graph->Commit(commit).status());
      commit.clear_mutations();
    };
    for (uint32_t node = 0; node < kNodes; ++node) {
      commit.add_mutations()->mutable_put_entity()->set_id(Id(node));
      flush(false);
    }
    for (size_t i = 0; i < edges.size(); ++i) {
      v1::Statement* statement = commit.add_mutations()->mutable_put_statement();
      statement->set_id(absl::StrCat("e", i));
      statement->set_subject(Id(edges[i].first));
      statement->set_predicate("to");
      statement->set_object(Id(edges[i].second));
      flush(false);
    }
    flush(true);
  }

  void LoadArray(const std::vector<std::pair<uint32_t, uint32_t>>& edges) {
    offsets.assign(kNodes + 1, 0);
    for (const auto& [from, to] : edges) ++offsets[from + 1];
    for (uint32_t i = 0; i < kNodes; ++i) offsets[i + 1] += offsets[i];
    targets.resize(edges.size());
    std::vector<uint32_t> next(offsets.begin(), offsets.end() - 1);
    for (const auto& [from, to] : edges) targets[next[from]++] = to;
  }
};

Data& SharedData() {
  static auto* const data = new Data;
  return *data;
}

// k-hop count over the plain array; the roofline.
void ArrayHops(benchmark::State& state) {
  const Data& data = SharedData();
  uint64_t looked_at = 0;
  uint32_t start = 0;
  for (auto _ : state) {
    std::vector<bool> met(kNodes);
    std::vector<uint32_t> frontier = {start};
    met[start] = true;
    for (int64_t hop = 0; hop < state.range(0); ++hop) {
      std::vector<uint32_t> next;
      for (const uint32_t node : frontier) {
        for (uint32_t i = data.offsets[node]; i < data.offsets[node + 1]; ++i) {
          ++looked_at;
          if (met[data.targets[i]]) continue;
          met[data.targets[i]] = true;
          next.push_back(data.targets[i]);
        }
      }
      frontier.swap(next);
    }
    benchmark::DoNotOptimize(frontier.data());
    start = (start + 7919) % kNodes;
  }
  state.SetItemsProcessed(static_cast<int64_t>(looked_at));
}
BENCHMARK(ArrayHops)->Arg(2)->Arg(3)->Arg(4);

// The same by the engine, from the store.
void EngineHops(benchmark::State& state) {
  Data& data = SharedData();
  uint64_t looked_at = 0;
  uint32_t start = 0;
  for (auto _ : state) {
    v1::TraverseRequest request;
    request.add_start(Id(start));
    request.set_count_only(true);
    request.add_steps()->set_max_hops(static_cast<uint32_t>(state.range(0)));
    auto view = data.graph->Read({}, graph::ReadFilter::Mode::kWalk);
    Require(view.status());
    auto plan = query::PlanTraverse(request, **view);
    Require(plan.status());
    query::Budget budget(plan->max_visited, plan->max_hits, nullptr);
    query::StoreExpander expander(&(*view)->records());
    auto summary = query::Traverse(*plan, **view, expander, budget, nullptr);
    Require(summary.status());
    looked_at += summary->visited_statements();
    start = (start + 7919) % kNodes;
  }
  state.SetItemsProcessed(static_cast<int64_t>(looked_at));
}
BENCHMARK(EngineHops)->Arg(2)->Arg(3)->Arg(4);

// Decoding packed neighbours: what a walk over cold segments cannot beat.
void DecodeSegment(benchmark::State& state) {
  std::vector<keys::Edge> edges;
  for (uint64_t i = 1; i <= keys::kSegmentEdges; ++i) edges.push_back({i * 3, i, 1, 7});
  const std::string bytes = keys::EncodeSegment(edges);
  for (auto _ : state) {
    std::vector<keys::Edge> decoded;
    benchmark::DoNotOptimize(keys::DecodeSegment(bytes, &decoded));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(edges.size()));
}
BENCHMARK(DecodeSegment);

// One entity by id, from request options to the answer's message.
void GetEntity(benchmark::State& state) {
  Data& data = SharedData();
  uint32_t node = 0;
  for (auto _ : state) {
    auto view = data.graph->Read({}, graph::ReadFilter::Mode::kList);
    Require(view.status());
    auto number = (*view)->records().ResolveEntity(Id(node), "id");
    Require(number.status());
    auto entity = (*view)->GetEntity(*number, v1::ENTITY_VIEW_NAMES);
    benchmark::DoNotOptimize(entity);
    node = (node + 7919) % kNodes;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(GetEntity);

}  // namespace
}  // namespace labgraph
