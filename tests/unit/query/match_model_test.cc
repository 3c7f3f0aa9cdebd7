#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/matches.h"
#include "tests/unit/query/pattern_model.h"
#include "tests/unit/query/random_graph.h"
#include "tests/unit/schema/random_seed.h"

namespace labgraph::query {
namespace {

constexpr uint64_t kManyRows = 1000000;

v1::MatchPatternRequest Request(const RandomPattern& pattern,
                                const v1::ReadOptions& read) {
  v1::MatchPatternRequest request;
  *request.mutable_variables() = pattern.variables;
  *request.mutable_edges() = pattern.edges;
  request.set_all_different(pattern.all_different);
  request.set_include_statements(true);
  request.set_max_rows(kManyRows);
  *request.mutable_read() = read;
  return request;
}

std::vector<PatternModel::Match> Matches(const MatchAnswer& answer) {
  std::vector<PatternModel::Match> matches;
  for (const OwnedRow& row : answer.rows) {
    matches.push_back({row.entities, row.statements});
  }
  return matches;
}

// That the order names every variable once.
void CheckOrder(const v1::MatchPatternRequest& request,
                const v1::MatchPatternSummary& summary) {
  std::multiset<std::string> names;
  for (const v1::PatternVariable& variable : request.variables()) {
    names.insert(variable.name());
  }
  EXPECT_EQ(std::multiset<std::string>(summary.order().begin(), summary.order().end()),
            names);
}

TEST(MatchModelTest, AgreesWithTryingEveryEntityInEveryPlace) {
  const uint64_t seed = schema::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 40 && !::testing::Test::HasFailure(); ++round) {
    const RandomGraph graph(random);
    for (int i = 0; i < 12 && !::testing::Test::HasFailure(); ++i) {
      const RandomPattern pattern(graph, random);
      v1::MatchPatternRequest request = Request(pattern, graph.RandomRead(random));
      SCOPED_TRACE(request.DebugString());
      const PatternModel model(*graph.graph().Read(request.read()), pattern);
      const auto answer = RunMatch(graph.graph(), request);
      ASSERT_OK(answer);
      std::vector<PatternModel::Match> matches = Matches(*answer);
      std::sort(matches.begin(), matches.end());
      ASSERT_EQ(matches, model.matches);
      EXPECT_EQ(answer->summary.rows(), matches.size());
      EXPECT_EQ(answer->summary.cut(), v1::CUT_REASON_UNSPECIFIED);
      CheckOrder(request, answer->summary);

      request.set_count_only(true);
      const auto count = RunMatch(graph.graph(), request);
      ASSERT_OK(count);
      EXPECT_TRUE(count->rows.empty());
      EXPECT_EQ(count->summary.rows(), matches.size());
    }
  }
}

TEST(MatchModelTest, ACutAnswerIsTheBeginningOfTheWhole) {
  const uint64_t seed = schema::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  std::mt19937_64 random(seed);
  const RandomGraph graph(random);
  for (int i = 0; i < 40 && !::testing::Test::HasFailure(); ++i) {
    const RandomPattern pattern(graph, random);
    v1::MatchPatternRequest request = Request(pattern, graph.RandomRead(random));
    SCOPED_TRACE(request.DebugString());
    const auto whole = RunMatch(graph.graph(), request);
    ASSERT_OK(whole);
    const std::vector<PatternModel::Match> all = Matches(*whole);
    if (all.size() < 2) continue;
    request.set_max_rows(1 + random() % (all.size() - 1));
    const auto cut = RunMatch(graph.graph(), request);
    ASSERT_OK(cut);
    EXPECT_EQ(Matches(*cut),
              std::vector<PatternModel::Match>(
                  all.begin(), all.begin() + static_cast<ptrdiff_t>(request.max_rows())));
    EXPECT_EQ(cut->summary.cut(), v1::CUT_REASON_MAX_HITS);
    EXPECT_EQ(cut->summary.rows(), request.max_rows());

    request.set_max_rows(all.size());
    const auto exact = RunMatch(graph.graph(), request);
    ASSERT_OK(exact);
    EXPECT_EQ(exact->summary.cut(), v1::CUT_REASON_UNSPECIFIED);
  }
}

}  // namespace
}  // namespace labgraph::query
