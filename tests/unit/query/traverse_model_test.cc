#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
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

// How an entity was reached: least depth, then best certainty.
using Best = std::pair<uint32_t, v1::Certainty>;
using Reached = std::map<keys::EntityNumber, Best>;
// What is compared: step, depth, entity, certainty.
using Row = std::tuple<uint32_t, uint32_t, keys::EntityNumber, v1::Certainty>;

void Improve(Reached* reached, keys::EntityNumber entity, Best best) {
  const auto [it, added] = reached->emplace(entity, best);
  if (!added) it->second = std::min(it->second, best);
}

// Entities by their distance from one start, each with the best of the shortest ways.
std::vector<Reached> Levels(keys::EntityNumber start, Best best,
                            const std::vector<ModelHop>& hops, uint32_t max_hops) {
  std::vector<Reached> levels = {{{start, best}}};
  std::set<keys::EntityNumber> met = {start};
  while (levels.size() <= max_hops) {
    Reached next;
    for (const auto& [entity, way] : levels.back()) {
      for (const ModelHop& hop : hops) {
        if (hop.from != entity || met.contains(hop.to)) continue;
        Improve(&next, hop.to, {way.first + 1, std::max(way.second, hop.certainty)});
      }
    }
    for (const auto& [entity, way] : next) met.insert(entity);
    levels.push_back(next);
  }
  return levels;
}

struct StepModel {
  v1::TraverseStep step;
  std::vector<ModelHop> hops;
  std::set<keys::EntityNumber> allowed;  // by kinds and where
};

// The hits of a step, by definition: every start walks alone. Adds to `met` the number of
// entities met.
Reached StepHits(const StepModel& model, const Reached& starts, uint64_t* met) {
  std::map<keys::EntityNumber, std::pair<uint32_t, Best>> found;  // level first
  for (const auto& [start, best] : starts) {
    const std::vector<Reached> levels =
        Levels(start, best, model.hops, model.step.max_hops());
    for (uint32_t level = 0; level < levels.size(); ++level) {
      for (const auto& [entity, way] : levels[level]) {
        if (level == 0 && model.step.min_hops() > 0) continue;  // not its own
        const auto [it, added] = found.emplace(entity, std::pair(level, way));
        if (!added) it->second = std::min(it->second, std::pair(level, way));
      }
    }
  }
  std::set<keys::EntityNumber> entities;
  for (const auto& [entity, way] : starts) entities.insert(entity);
  Reached hits;
  for (const auto& [entity, way] : found) {
    entities.insert(entity);
    if (way.first >= model.step.min_hops() && model.allowed.contains(entity)) {
      hits[entity] = way.second;
    }
  }
  *met += entities.size();
  return hits;
}

class TraverseModelTest : public ::testing::Test {
 protected:
  void RunOnce() {
    const RandomGraph graph(random_);
    for (int i = 0; i < 12; ++i) {
      const v1::TraverseRequest request = RandomRequest(graph);
      SCOPED_TRACE(request.DebugString());
      CheckAgainstModel(graph.graph(), request);
      if (HasFatalFailure()) return;
    }
  }

  v1::TraverseRequest RandomRequest(const RandomGraph& graph) {
    v1::TraverseRequest request;
    *request.mutable_read() = graph.RandomRead(random_);
    for (uint64_t n = random_() % 4 + 1; n > 0; --n) {
      request.add_start(graph.ids()[random_() % graph.ids().size()]);
    }
    for (uint64_t n = random_() % 3 + 1; n > 0; --n) *request.add_steps() = RandomStep();
    request.set_include_paths(true);
    request.set_include_intermediate(random_() % 2 == 0);
    return request;
  }

  v1::TraverseStep RandomStep() {
    v1::TraverseStep step;
    step.set_direction(static_cast<v1::Direction>(1 + random_() % 3));
    for (const char* predicate : {"part_of", "has_part", "leads_to", "near", "like"}) {
      if (random_() % 4 == 0) step.add_predicates(predicate);
    }
    step.set_min_hops(random_() % 3);
    step.set_max_hops(std::max<uint32_t>(1, step.min_hops()) + random_() % 3);
    if (random_() % 4 == 0) step.add_kinds("special");
    if (random_() % 4 == 0) step.set_where("NOT kind = special");
    return step;
  }

  static StepModel Plan(const Model& model, const v1::TraverseStep& step,
                        uint64_t entities) {
    StepModel plan{step,
                   model.Hops(step.direction(),
                              {step.predicates().begin(), step.predicates().end()}),
                   {}};
    for (keys::EntityNumber n = 1; n <= entities; ++n) {
      const bool special = model.specials.contains(n);
      if ((step.kinds().empty() || special) && (step.where().empty() || !special)) {
        plan.allowed.insert(n);
      }
    }
    return plan;
  }

  static void CheckAgainstModel(const TestGraph& graph,
                                const v1::TraverseRequest& request) {
    const std::unique_ptr<graph::View> view = graph.Read(request.read());
    const Model model(*view);
    std::vector<StepModel> plans;
    for (const v1::TraverseStep& step : request.steps()) {
      plans.push_back(Plan(model, step, view->head().state.entities));
    }
    const v1::Certainty at_start = request.read().valid_at().empty()
                                       ? v1::CERTAINTY_UNSPECIFIED
                                       : v1::CERTAINTY_CERTAIN;
    Reached starts;
    for (const std::string& id : request.start())
      starts[Number(*view, id)] = {0, at_start};
    const Reached first = starts;
    std::multiset<Row> expected;
    uint64_t met = 0;
    for (uint32_t i = 0; i < plans.size() && !starts.empty(); ++i) {
      const Reached hits = StepHits(plans[i], starts, &met);
      if (i + 1 == plans.size() || request.include_intermediate()) {
        for (const auto& [entity, way] : hits) {
          expected.insert({i, way.first, entity, way.second});
        }
      }
      starts = hits;
    }
    const auto answer = RunTraverse(graph, request);
    ASSERT_OK(answer);
    std::multiset<Row> actual;
    for (const auto& [hit, path] : answer->hits) {
      actual.insert({hit.step, hit.depth, hit.entity, hit.certainty});
      CheckPath(hit, path, plans, first, at_start);
    }
    ASSERT_EQ(actual, expected);
    EXPECT_EQ(answer->summary.visited_entities(), met);
    EXPECT_EQ(answer->summary.hits(), expected.size());
    EXPECT_TRUE(std::is_sorted(answer->hits.begin(), answer->hits.end(),
                               [](const OwnedHit& a, const OwnedHit& b) {
                                 return std::tie(a.hit.step, a.hit.depth) <
                                        std::tie(b.hit.step, b.hit.depth);
                               }));
  }

  // That the path leads from a start to the hit and is as certain as the hit says.
  static void CheckPath(const Hit& hit, const std::vector<keys::StatementNumber>& path,
                        const std::vector<StepModel>& plans, const Reached& starts,
                        v1::Certainty at_start) {
    ASSERT_EQ(path.size(), hit.depth);
    EXPECT_EQ(hit.statement, path.empty() ? 0 : path.back());
    std::map<keys::EntityNumber, v1::Certainty> ends;
    for (const auto& [start, way] : starts) ends[start] = at_start;
    std::set<keys::EntityNumber> before;
    for (const keys::StatementNumber statement : path) {
      std::map<keys::EntityNumber, v1::Certainty> next;
      before.clear();
      for (uint32_t step = 0; step <= hit.step; ++step) {
        for (const ModelHop& hop : plans[step].hops) {
          const auto from = ends.find(hop.from);
          if (hop.statement != statement || from == ends.end()) continue;
          next[hop.to] = std::max(from->second, hop.certainty);
          if (hop.to == hit.entity) before.insert(hop.from);
        }
      }
      ends = next;
    }
    ASSERT_TRUE(ends.contains(hit.entity)) << "the path does not lead to the hit";
    EXPECT_EQ(ends[hit.entity], hit.certainty);
    if (!path.empty()) {
      EXPECT_TRUE(before.contains(hit.from));
    }
  }

  std::mt19937_64 random_;
};

TEST_F(TraverseModelTest, AgreesWithWalkingFromEveryStartAlone) {
  const uint64_t seed = schema::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  random_.seed(seed);
  for (int round = 0; round < 60 && !HasFailure(); ++round) RunOnce();
}

TEST_F(TraverseModelTest, GivesTheSameAnswerEveryTime) {
  const uint64_t seed = schema::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  random_.seed(seed);
  const RandomGraph graph(random_);
  for (int i = 0; i < 10; ++i) {
    const v1::TraverseRequest request = RandomRequest(graph);
    v1::TraverseRequest shuffled = request;
    std::shuffle(shuffled.mutable_start()->begin(), shuffled.mutable_start()->end(),
                 random_);
    const auto first = RunTraverse(graph.graph(), request);
    const auto second = RunTraverse(graph.graph(), shuffled);
    ASSERT_OK(first);
    ASSERT_OK(second);
    ASSERT_EQ(first->hits.size(), second->hits.size());
    for (size_t h = 0; h < first->hits.size(); ++h) {
      EXPECT_EQ(first->hits[h].hit.entity, second->hits[h].hit.entity);
      EXPECT_EQ(first->hits[h].path, second->hits[h].path);
    }
  }
}

// What a page may not change of a hit.
using PagedHit = std::tuple<uint32_t, uint32_t, keys::EntityNumber, v1::Certainty,
                            std::vector<keys::StatementNumber>>;

std::vector<PagedHit> ToPaged(const TraverseAnswer& answer) {
  std::vector<PagedHit> hits;
  for (const auto& [hit, path] : answer.hits) {
    hits.push_back({hit.step, hit.depth, hit.entity, hit.certainty, path});
  }
  return hits;
}

TEST_F(TraverseModelTest, PagesMakeTheWholeAnswer) {
  const uint64_t seed = schema::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  random_.seed(seed);
  const RandomGraph graph(random_);
  for (int i = 0; i < 40; ++i) {
    v1::TraverseRequest request = RandomRequest(graph);
    SCOPED_TRACE(request.DebugString());
    ASSERT_OK_AND_ASSIGN(const TraverseAnswer whole, RunTraverse(graph.graph(), request));
    std::vector<PagedHit> together;
    std::vector<uint64_t> by_depth(64, 0);
    for (bool more = true; more;) {
      request.set_max_hits(1 + random_() % 5);
      ASSERT_OK_AND_ASSIGN(const TraverseAnswer page,
                           RunTraverse(graph.graph(), request, nullptr, together.size()));
      const std::vector<PagedHit> hits = ToPaged(page);
      ASSERT_EQ(page.summary.hits(), hits.size());
      together.insert(together.end(), hits.begin(), hits.end());
      for (int depth = 0; depth < page.summary.hits_by_depth_size(); ++depth) {
        by_depth[depth] += page.summary.hits_by_depth(depth);
      }
      more = page.summary.cut() == v1::CUT_REASON_MAX_HITS;
    }
    ASSERT_EQ(together, ToPaged(whole));
    by_depth.resize(static_cast<size_t>(whole.summary.hits_by_depth_size()));
    EXPECT_THAT(whole.summary.hits_by_depth(), ::testing::ElementsAreArray(by_depth));
  }
}

}  // namespace
}  // namespace labgraph::query
