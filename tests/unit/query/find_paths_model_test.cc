// Every mode against a model that tries every way, on random graphs.

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/query/simple_paths.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/path_model.h"
#include "tests/unit/query/random_graph.h"
#include "tests/unit/query/walks.h"
#include "tests/unit/schema/random_seed.h"

namespace labgraph::query {
namespace {

constexpr size_t kMostPaths = limits::kPaths.value;

class FindPathsModelTest : public ::testing::Test {
 protected:
  // Calls `check` with many random graphs and requests.
  template <typename Check>
  void OnRandomRequests(Check check) {
    const uint64_t seed = schema::RandomSeed();
    SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
    random_.seed(seed);
    for (int round = 0; round < 40 && !HasFailure(); ++round) {
      const RandomGraph graph(random_);
      for (int i = 0; i < 12 && !HasFailure(); ++i) {
        v1::FindPathsRequest request = RandomPathsRequest(graph, random_);
        request.set_max_paths(kMostPaths);
        SCOPED_TRACE(request.DebugString());
        check(graph, request);
      }
    }
  }

  // Adds things that paths must have.
  void Require(const RandomGraph& graph, v1::FindPathsRequest* request) {
    for (uint64_t n = random_() % 3; n > 0; --n) {
      request->add_required_entities(graph.ids()[random_() % graph.ids().size()]);
    }
    for (const char* predicate : {"has_part", "leads_to", "near"}) {
      if (random_() % 4 == 0) request->add_required_predicates(predicate);
    }
  }

  static std::vector<ModelPath> Find(const RandomGraph& graph,
                                     v1::FindPathsRequest request, v1::PathMode mode,
                                     uint32_t max_paths = kMostPaths) {
    request.set_mode(mode);
    request.set_max_paths(max_paths);
    const auto found = RunFindPaths(graph.graph(), request);
    EXPECT_OK(found);
    if (!found.ok()) return {};
    EXPECT_EQ(found->summary.paths(), found->paths.size());
    if (!found->paths.empty()) {
      EXPECT_EQ(found->summary.hops(), found->paths[0].statements.size());
    }
    return ToModel(found->paths);
  }

  static PathModel ModelOf(const RandomGraph& graph,
                           const v1::FindPathsRequest& request) {
    return PathModel(*graph.graph().Read(request.read()), request);
  }

  std::mt19937_64 random_;
};

std::vector<ModelPath> First(const std::vector<ModelPath>& paths, size_t count) {
  return {paths.begin(), paths.begin() + std::min(paths.size(), count)};
}

TEST_F(FindPathsModelTest, ShortestPaths) {
  OnRandomRequests([&](const RandomGraph& graph, const v1::FindPathsRequest& request) {
    const auto expected = ModelOf(graph, request).Shortest(kMostPaths);
    ASSERT_EQ(Find(graph, request, v1::PATH_MODE_ALL_SHORTEST), expected);
    const auto one = Find(graph, request, v1::PATH_MODE_SHORTEST);
    ASSERT_EQ(one.size(), expected.empty() ? 0u : 1u);
    if (one.empty()) return;
    EXPECT_THAT(expected, ::testing::Contains(one[0]));
  });
}

TEST_F(FindPathsModelTest, SimplePaths) {
  OnRandomRequests([&](const RandomGraph& graph, const v1::FindPathsRequest& request) {
    const auto expected = ModelOf(graph, request).Simple(kMostPaths);
    ASSERT_EQ(Find(graph, request, v1::PATH_MODE_ALL_SIMPLE), expected);
    const auto k = static_cast<uint32_t>(1 + random_() % 20);
    ASSERT_EQ(Find(graph, request, v1::PATH_MODE_K_SHORTEST, k), First(expected, k));
  });
}

TEST_F(FindPathsModelTest, PathsThatMustHaveSomething) {
  OnRandomRequests([&](const RandomGraph& graph, v1::FindPathsRequest request) {
    do Require(graph, &request);
    while (request.required_entities().empty() && request.required_predicates().empty());
    SCOPED_TRACE(request.DebugString());
    const PathModel model = ModelOf(graph, request);
    const auto shortest = model.Shortest(kMostPaths);
    ASSERT_EQ(Find(graph, request, v1::PATH_MODE_ALL_SIMPLE), model.Simple(kMostPaths));
    ASSERT_EQ(Find(graph, request, v1::PATH_MODE_ALL_SHORTEST), shortest);
    ASSERT_EQ(Find(graph, request, v1::PATH_MODE_SHORTEST), First(shortest, 1));
  });
}

// Keeps paths.
class Collector final : public PathSink {
 public:
  absl::Status Take(const FoundPath& path) override {
    paths.push_back(path);
    return absl::OkStatus();
  }
  std::vector<FoundPath> paths;
};

TEST_F(FindPathsModelTest, ForgettingLinksChangesNothing) {
  OnRandomRequests([&](const RandomGraph& graph, v1::FindPathsRequest request) {
    if (random_() % 2 == 0) Require(graph, &request);
    request.set_mode(v1::PATH_MODE_ALL_SIMPLE);
    const auto view = graph.graph().Read(request.read());
    ASSERT_OK_AND_ASSIGN(const PathPlan plan, PlanPaths(request, *view));
    StoreExpander expander(&view->records());
    Budget budget(plan.max_visited, plan.max_paths, nullptr);
    Collector sink;
    v1::FindPathsSummary summary;
    PathWriter writer(kMostPaths + 1, &sink, &budget, &summary);
    const size_t links_kept = random_() % 40;
    ASSERT_OK(FindSimplePaths({plan, *view, expander, budget, links_kept}, writer));
    ASSERT_EQ(ToModel(sink.paths), ModelOf(graph, request).Simple(kMostPaths));
  });
}

TEST_F(FindPathsModelTest, PagesMakeTheWholeAnswer) {
  OnRandomRequests([&](const RandomGraph& graph, v1::FindPathsRequest request) {
    if (random_() % 2 == 0) Require(graph, &request);
    request.set_mode(static_cast<v1::PathMode>(1 + random_() % 4));
    const auto whole = Find(graph, request, request.mode());
    std::vector<ModelPath> together;
    for (bool more = true; more;) {
      request.set_max_paths(static_cast<uint32_t>(1 + random_() % 30));
      ASSERT_OK_AND_ASSIGN(const FoundPaths page, RunFindPaths(graph.graph(), request,
                                                               nullptr, together.size()));
      const auto paths = ToModel(page.paths);
      ASSERT_LE(paths.size(), request.max_paths());
      together.insert(together.end(), paths.begin(), paths.end());
      more = page.may_have_more;
      ASSERT_TRUE(!more || paths.size() == request.max_paths());
    }
    ASSERT_EQ(together, whole);
  });
}

}  // namespace
}  // namespace labgraph::query
