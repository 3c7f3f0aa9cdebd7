#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/query/filter_matcher.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/test_graph.h"
#include "tests/unit/schema/random_seed.h"

namespace labgraph::query {
namespace {

constexpr int kAtoms = 5;
constexpr int kWorlds = 1 << kAtoms;

// A boolean expression as text, and what it says of a world: bit i is atom i.
struct Expression {
  std::string text;
  std::function<bool(int world)> holds;
};

// Atoms of every cost, so that evaluation reorders them.
const char* const kAtomTexts[kAtoms] = {"size = 1", "placeholder = true",
                                        "kind = special", "part_of:*", "name:x"};

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  Expression Conjunction(int depth) {
    Expression left = Disjunction(depth);
    for (int more = Below(3); more > 0; --more) {
      const Expression right = Disjunction(depth);
      left = {absl::StrCat(left.text, " AND ", right.text),
              [l = left.holds, r = right.holds](int w) { return l(w) && r(w); }};
    }
    return left;
  }

 private:
  Expression Disjunction(int depth) {
    Expression left = Term(depth);
    for (int more = Below(3); more > 0; --more) {
      const Expression right = Term(depth);
      left = {absl::StrCat(left.text, " OR ", right.text),
              [l = left.holds, r = right.holds](int w) { return l(w) || r(w); }};
    }
    return left;
  }

  Expression Term(int depth) {
    const Expression simple = Simple(depth);
    switch (Below(4)) {
      case 0:
        return {absl::StrCat("NOT ", simple.text),
                [h = simple.holds](int w) { return !h(w); }};
      case 1:
        return {absl::StrCat("-", simple.text),
                [h = simple.holds](int w) { return !h(w); }};
      default:
        return simple;
    }
  }

  Expression Simple(int depth) {
    if (depth > 0 && Below(3) == 0) {
      const Expression inner = Conjunction(depth - 1);
      return {absl::StrCat("(", inner.text, ")"), inner.holds};
    }
    const int atom = Below(kAtoms);
    return {kAtomTexts[atom], [atom](int w) { return (w >> atom & 1) != 0; }};
  }

  int Below(int bound) { return static_cast<int>(random_() % bound); }

  std::mt19937_64 random_;
};

// One entity for every truth table row, its atoms being true as the row's bits say.
std::vector<std::string> AddWorlds(TestGraph* graph) {
  std::vector<std::string> ids;
  graph->Entities({"person/target"});
  for (int world = 0; world < kWorlds; ++world) {
    ids.push_back(absl::StrCat((world & 4) != 0 ? "special" : "node", "/w", world));
    graph->Entity(absl::StrCat(
        "id: '", ids.back(), "' ", (world & 2) != 0 ? "placeholder: true " : "",
        (world & 16) != 0 ? "names { key: 'en' value: 'X' }" : ""));
    if ((world & 1) != 0) {
      graph->Statement(absl::StrCat("subject: '", ids.back(),
                                    "' predicate: 'size' value { number_value: 1 }"));
    }
    if ((world & 8) != 0) {
      graph->Statement(absl::StrCat("subject: '", ids.back(),
                                    "' predicate: 'part_of' object: 'person/target'"));
    }
  }
  graph->Commit();
  return ids;
}

TEST(FilterModelTest, AgreesWithTruthTables) {
  const uint64_t seed = schema::RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  TestGraph graph;
  const std::vector<std::string> ids = AddWorlds(&graph);
  const std::unique_ptr<graph::View> view = graph.Read();
  Generator generator(seed);
  for (int round = 0; round < 200; ++round) {
    const Expression expression = generator.Conjunction(2);
    const auto filter =
        Filter::Parse(expression.text.substr(0, 2048), view->ontology(), "f");
    if (expression.text.size() > 2048) continue;
    ASSERT_OK(filter);
    FilterMatcher matcher(*filter, view.get());
    for (int world = 0; world < kWorlds; ++world) {
      ASSERT_THAT(matcher.Matches(Number(*view, ids[world])),
                  testing::IsOkAndHolds(expression.holds(world)))
          << expression.text << " of " << ids[world];
    }
  }
}

}  // namespace
}  // namespace labgraph::query
