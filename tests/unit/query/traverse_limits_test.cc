// What ends a traversal early.
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/query/traverse.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/walks.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using testing::FailsWith;

class TraverseLimitsTest : public ::testing::Test {
 protected:
  TraverseLimitsTest() {
    graph_.Entities({"node/hub", "node/other"});
    for (int i = 0; i < kSpokes; ++i) {
      const std::string name = absl::StrCat("n", i);
      graph_.Entities({"node/" + name});
      graph_.Relate("s" + name, "hub", "part_of", name);
    }
    graph_.Commit();
  }

  v1::TraverseRequest FromHub() const {
    return schema::ParseText<v1::TraverseRequest>("start: 'node/hub'");
  }

  static constexpr int kSpokes = 3000;
  TestGraph graph_;
};

TEST_F(TraverseLimitsTest, MaxHitsCutsOnlyWhatIsMore) {
  v1::TraverseRequest request = FromHub();
  request.set_max_hits(kSpokes);
  auto answer = RunTraverse(graph_, request);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->hits.size(), kSpokes);
  EXPECT_EQ(answer->summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  request.set_max_hits(kSpokes - 1);
  answer = RunTraverse(graph_, request);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->hits.size(), kSpokes - 1);
  EXPECT_EQ(answer->summary.hits(), kSpokes - 1);
  EXPECT_EQ(answer->summary.cut(), v1::CUT_REASON_MAX_HITS);
}

TEST_F(TraverseLimitsTest, MaxVisitedGivesTheHitsFoundUntilThen) {
  v1::TraverseRequest request = FromHub();
  request.set_max_visited(kSpokes);
  auto answer = RunTraverse(graph_, request);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  request.set_max_visited(kSpokes - 1);
  answer = RunTraverse(graph_, request);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->summary.cut(), v1::CUT_REASON_MAX_VISITED);
  EXPECT_EQ(answer->summary.visited_statements(), kSpokes - 1);
  EXPECT_EQ(answer->hits.size(), kSpokes - 1);
}

TEST_F(TraverseLimitsTest, MaxHitsOfAnEarlyStepEndsTheWalk) {
  const auto answer = RunTraverse(
      graph_, schema::ParseText<v1::TraverseRequest>(
                  "start: 'node/hub' steps {} steps { predicates: 'has_part' } "
                  "include_intermediate: true max_hits: 10"));
  ASSERT_OK(answer);
  EXPECT_EQ(answer->hits.size(), 10u);
  EXPECT_EQ(answer->hits.back().hit.step, 0u);
  EXPECT_EQ(answer->summary.cut(), v1::CUT_REASON_MAX_HITS);
}

TEST_F(TraverseLimitsTest, ANearDeadlineIsACut) {
  int polls = 0;
  const auto answer = RunTraverse(graph_, FromHub(), [&] {
    return ++polls < 3 ? Signal::kGoOn : Signal::kDeadlineNear;
  });
  ASSERT_OK(answer);
  EXPECT_EQ(answer->summary.cut(), v1::CUT_REASON_DEADLINE);
  EXPECT_GE(answer->summary.visited_statements(), Budget::kPollUnits);
  EXPECT_LE(answer->summary.visited_statements(), 2 * Budget::kPollUnits);
}

TEST_F(TraverseLimitsTest, ADeadlineWhileHitsAreGivenKeepsThoseGiven) {
  int polls = 0;
  // The walk itself takes three polls.
  const auto answer = RunTraverse(graph_, FromHub(), [&] {
    return ++polls < 6 ? Signal::kGoOn : Signal::kDeadlineNear;
  });
  ASSERT_OK(answer);
  EXPECT_EQ(answer->summary.cut(), v1::CUT_REASON_DEADLINE);
  EXPECT_EQ(answer->summary.visited_statements(), kSpokes);
  EXPECT_GT(answer->hits.size(), 0u);
  EXPECT_LT(answer->hits.size(), kSpokes);
  EXPECT_EQ(answer->summary.hits(), answer->hits.size());
}

// With ids alone a level was counted before it was given, so that a page token went on
// behind hits that nobody got.
TEST_F(TraverseLimitsTest, ADeadlineWhileIdsAreGivenCountsThoseGiven) {
  v1::TraverseRequest request = FromHub();
  request.set_view(v1::ENTITY_VIEW_IDS);
  request.set_max_hits(kSpokes - 1);
  int whole = 0;
  ASSERT_OK(RunTraverse(graph_, request, [&] {
    ++whole;
    return Signal::kGoOn;
  }));
  int polls = 0;
  const auto answer = RunTraverse(graph_, request, [&] {
    return ++polls < whole ? Signal::kGoOn : Signal::kDeadlineNear;
  });
  ASSERT_OK(answer);
  EXPECT_EQ(answer->summary.cut(), v1::CUT_REASON_DEADLINE);
  EXPECT_GT(answer->hits.size(), 0u);
  EXPECT_LT(answer->hits.size(), kSpokes - 1);
  EXPECT_EQ(answer->summary.hits(), answer->hits.size());
  EXPECT_EQ(answer->summary.hits_by_depth(1), answer->hits.size());
}

TEST_F(TraverseLimitsTest, CancellingIsNoticedAnywhere) {
  for (int last = 0; last < 6; ++last) {
    int polls = 0;
    EXPECT_THAT(
        RunTraverse(graph_, FromHub(),
                    [&] { return polls++ < last ? Signal::kGoOn : Signal::kCancelled; }),
        FailsWith(v1::ERROR_REASON_CANCELLED))
        << last;
    EXPECT_EQ(polls, last + 1);
  }
}

TEST_F(TraverseLimitsTest, PollsAtLeastEvery1024Statements) {
  int polls = 0;
  v1::TraverseRequest request = FromHub();
  request.set_count_only(true);
  ASSERT_OK(RunTraverse(graph_, request, [&] {
    ++polls;
    return Signal::kGoOn;
  }));
  EXPECT_GE(polls, kSpokes / 1024);
}

// A sink that has enough.
class FailingSink final : public HitSink {
 public:
  absl::Status Take(const Hit&) override { return absl::UnavailableError("gone"); }
};

TEST_F(TraverseLimitsTest, TheSinksErrorEndsTheWalk) {
  const std::unique_ptr<graph::View> view = graph_.Read();
  const auto plan = PlanTraverse(FromHub(), *view);
  ASSERT_OK(plan);
  StoreExpander expander(&view->records());
  Budget budget(plan->max_visited, plan->max_hits, nullptr);
  FailingSink sink;
  EXPECT_THAT(Traverse(*plan, *view, expander, budget, &sink),
              testing::StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace labgraph::query
