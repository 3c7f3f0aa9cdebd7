#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/random_graph.h"
#include "tests/unit/query/walks.h"
#include "tests/unit/schema/random_seed.h"

namespace labgraph::query {
namespace {

// What is compared: entities, then statements, then certainty, which is also the order.
using ModelPath = std::tuple<std::vector<keys::EntityNumber>,
                             std::vector<keys::StatementNumber>, v1::Certainty>;
using Entities = std::set<keys::EntityNumber>;

struct PathModel {
  std::vector<ModelHop> hops;
  Entities to;
  Entities avoided;
  Entities between;  // may stand between the ends
};

// Appends all paths of just `hops_left` more hops: tries every way there is.
void Extend(const PathModel& model, ModelPath path, uint32_t hops_left,
            std::set<ModelPath>* found) {
  auto& [entities, statements, certainty] = path;
  const keys::EntityNumber last = entities.back();
  if (hops_left == 0) {
    if (model.to.contains(last)) found->insert(path);
    return;
  }
  if (entities.size() > 1 && !model.between.contains(last)) return;
  for (const ModelHop& hop : model.hops) {
    if (hop.from != last || model.avoided.contains(hop.to)) continue;
    if (std::count(entities.begin(), entities.end(), hop.to) > 0) continue;
    ModelPath longer = path;
    std::get<0>(longer).push_back(hop.to);
    std::get<1>(longer).push_back(hop.statement);
    std::get<2>(longer) = std::max(certainty, hop.certainty);
    Extend(model, std::move(longer), hops_left - 1, found);
  }
}

std::set<ModelPath> ShortestPaths(const PathModel& model, const Entities& from,
                                  v1::Certainty none, uint32_t max_hops) {
  std::set<ModelPath> found;
  for (uint32_t hops = 0; hops <= max_hops && found.empty(); ++hops) {
    for (const keys::EntityNumber start : from) {
      if (model.avoided.contains(start)) continue;
      Extend(model, {{start}, {}, none}, hops, &found);
    }
  }
  return found;
}

class FindPathsModelTest : public ::testing::Test {
 protected:
  void AddIds(const RandomGraph& graph, uint64_t most,
              google::protobuf::RepeatedPtrField<std::string>* ids) {
    for (uint64_t n = random_() % most + 1; n > 0; --n) {
      *ids->Add() = graph.ids()[random_() % graph.ids().size()];
    }
  }

  v1::FindPathsRequest RandomRequest(const RandomGraph& graph) {
    v1::FindPathsRequest request;
    *request.mutable_read() = graph.RandomRead(random_);
    AddIds(graph, 2, request.mutable_from());
    AddIds(graph, 2, request.mutable_to());
    request.set_direction(static_cast<v1::Direction>(1 + random_() % 3));
    if (random_() % 4 == 0) AddIds(graph, 3, request.mutable_avoid_entities());
    for (const char* predicate : {"part_of", "has_part", "leads_to", "near", "like"}) {
      if (random_() % 6 == 0) request.add_predicates(predicate);
    }
    if (random_() % 4 == 0) request.add_avoid_predicates("part_of");
    if (random_() % 4 == 0) request.add_kinds("special");
    request.set_max_hops(1 + random_() % 5);
    request.set_max_paths(10000);
    return request;
  }

  static Entities Numbers(const graph::View& view,
                          const google::protobuf::RepeatedPtrField<std::string>& ids) {
    Entities numbers;
    for (const std::string& id : ids) numbers.insert(Number(view, id));
    return numbers;
  }

  static void CheckAgainstModel(const TestGraph& graph, v1::FindPathsRequest request) {
    const std::unique_ptr<graph::View> view = graph.Read(request.read());
    const Model facts(*view);
    PathModel model{facts.Hops(request.direction(),
                               {request.predicates().begin(), request.predicates().end()},
                               {request.avoid_predicates().begin(),
                                request.avoid_predicates().end()}),
                    Numbers(*view, request.to()),
                    Numbers(*view, request.avoid_entities()), facts.specials};
    for (keys::EntityNumber n = 1; request.kinds().empty() && n < 100; ++n) {
      model.between.insert(n);
    }
    const v1::Certainty none = request.read().valid_at().empty()
                                   ? v1::CERTAINTY_UNSPECIFIED
                                   : v1::CERTAINTY_CERTAIN;
    const std::set<ModelPath> expected =
        ShortestPaths(model, Numbers(*view, request.from()), none, request.max_hops());
    request.set_mode(v1::PATH_MODE_ALL_SHORTEST);
    const auto all = RunFindPaths(graph, request);
    ASSERT_OK(all);
    std::vector<ModelPath> paths;
    for (const FoundPath& path : all->paths) {
      paths.push_back({path.entities, path.statements, path.certainty});
    }
    ASSERT_EQ(paths, std::vector<ModelPath>(expected.begin(), expected.end()));
    request.set_mode(v1::PATH_MODE_SHORTEST);
    const auto one = RunFindPaths(graph, request);
    ASSERT_OK(one);
    ASSERT_EQ(one->paths.size(), expected.empty() ? 0u : 1u);
    for (const FoundPath& path : one->paths) {
      EXPECT_TRUE(expected.contains({path.entities, path.statements, path.certainty}));
      EXPECT_EQ(one->summary.hops(), path.statements.size());
    }
  }

  std::mt19937_64 random_;
};

TEST_F(FindPathsModelTest, AgreesWithTryingEveryWay) {
  const uint64_t seed = schema::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  random_.seed(seed);
  for (int round = 0; round < 60 && !HasFailure(); ++round) {
    const RandomGraph graph(random_);
    for (int i = 0; i < 12 && !HasFailure(); ++i) {
      const v1::FindPathsRequest request = RandomRequest(graph);
      SCOPED_TRACE(request.DebugString());
      CheckAgainstModel(graph.graph(), request);
    }
  }
}

}  // namespace
}  // namespace labgraph::query
