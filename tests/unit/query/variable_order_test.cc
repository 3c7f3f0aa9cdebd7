#include "server/query/variable_order.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/test_graph.h"

namespace labgraph::query {
namespace {

// A chain of nodes by part_of, and the planning of a pattern on it.
class VariableOrderTest : public ::testing::Test {
 protected:
  static constexpr int kNodes = 20000;

  VariableOrderTest() {
    graph_.Entities({"node/n0"});
    for (int i = 1; i < kNodes; ++i) {
      graph_.Entities({absl::StrCat("node/n", i)});
      graph_.Relate(absl::StrCat("s", i), absl::StrCat("n", i - 1), "part_of",
                    absl::StrCat("n", i));
      if (i % 1000 == 0) graph_.Commit();
    }
    graph_.Commit();
  }

  // Polls while the order of a chain of variables is made.
  int Plan(int variables, uint64_t max_visited, Signal signal = Signal::kGoOn) {
    v1::MatchPatternRequest request;
    for (int i = 0; i < variables; ++i) {
      v1::PatternVariable* const variable = request.add_variables();
      variable->set_name(absl::StrCat("v", i));
      variable->add_kinds("node");
      if (i == 0) continue;
      v1::PatternEdge* const edge = request.add_edges();
      edge->set_from(absl::StrCat("v", i - 1));
      edge->set_to(variable->name());
      edge->add_predicates("part_of");
    }
    const std::unique_ptr<graph::View> view = graph_.Read();
    const auto plan =
        PlanPattern(request.variables(), request.edges(), /*all_different=*/false, *view);
    EXPECT_OK(plan);
    if (!plan.ok()) return -1;
    int polls = 0;
    Budget budget(max_visited, UINT64_MAX, [&] {
      ++polls;
      return signal;
    });
    StoreExpander expander(&view->records());
    const auto order =
        OrderVariables(*plan, std::vector<bool>(plan->variables.size(), false),
                       {*view, expander, budget});
    EXPECT_OK(order);
    EXPECT_EQ(order.ok() ? order->size() : 0, static_cast<size_t>(variables));
    EXPECT_EQ(budget.visited(), 0u);
    return polls;
  }

  TestGraph graph_;
};

// Rows are counted once for all variables, and the poll is asked meanwhile.
TEST_F(VariableOrderTest, PlanningPollsAndCountsEachRowOnce) {
  const int rows = 2 * kNodes / static_cast<int>(Budget::kPollUnits);
  EXPECT_GE(Plan(2, 1000000), rows - 1);
  EXPECT_LE(Plan(16, 1000000), 2 * rows);
}

TEST_F(VariableOrderTest, AMatchThatMayVisitLittleIsPlannedWithoutAScan) {
  const int rows = 2 * (kNodes - 5000) / static_cast<int>(Budget::kPollUnits);
  EXPECT_LE(Plan(16, 1), Plan(16, 1000000) - rows);
}

TEST_F(VariableOrderTest, CancellingEndsPlanning) {
  EXPECT_EQ(Plan(16, 1000000, Signal::kCancelled), 1);
  EXPECT_EQ(Plan(16, 1000000, Signal::kDeadlineNear), 1);
}

}  // namespace
}  // namespace labgraph::query
