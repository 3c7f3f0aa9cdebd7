#include "server/query/implied_kinds.h"

#include <string>

#include "gtest/gtest.h"
#include "server/query/match_pattern.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

class ImpliedKindsTest : public ::testing::Test {
 protected:
  // Of each variable whether its kinds are implied: "yn".
  std::string Marks(const std::string& pattern) {
    const auto view = graph_.Read("", graph::ReadFilter::Mode::kWalk);
    const auto plan =
        PlanMatch(schema::ParseText<v1::MatchPatternRequest>(pattern), *view);
    EXPECT_OK(plan);
    std::string marks;
    for (const PlannedVariable& variable : plan->pattern.variables) {
      marks += variable.kinds_implied ? 'y' : 'n';
    }
    return marks;
  }
  std::string LabAndCrime(const std::string& edges) {
    return Marks(
        "variables { name: 'a' kinds: 'lab' } "
        "variables { name: 'b' kinds: 'crime' } " +
        edges);
  }

  testing::TestGraph graph_{R"(
      kinds { name: "thing" } kinds { name: "lab" parent: "thing" }
      kinds { name: "crime" }
      predicates { name: "targets" domain: "lab" range: "crime" inverse: "targeted_by" }
      predicates { name: "near" }
      predicates { name: "size" value_type: VALUE_TYPE_INTEGER })"};
};

TEST_F(ImpliedKindsTest, DomainAndRangeImplyKinds) {
  EXPECT_EQ(LabAndCrime("edges { from: 'a' to: 'b' predicates: 'targets' }"), "yy");
  EXPECT_EQ(LabAndCrime("edges { from: 'b' to: 'a' predicates: 'targeted_by' }"), "yy");
  EXPECT_EQ(LabAndCrime("edges { from: 'b' to: 'a' predicates: 'targets' "
                        "direction: DIRECTION_IN }"),
            "yy");
}

TEST_F(ImpliedKindsTest, KindsAboveAreImpliedToo) {
  EXPECT_EQ(Marks("variables { name: 'a' kinds: 'thing' } variables { name: 'b' } "
                  "edges { from: 'a' to: 'b' predicates: 'targets' }"),
            "yn");
}

TEST_F(ImpliedKindsTest, AnEndThatMayBeSomethingElseIsAskedFor) {
  EXPECT_EQ(LabAndCrime("edges { from: 'b' to: 'a' predicates: 'targets' }"), "nn");
  EXPECT_EQ(LabAndCrime("edges { from: 'a' to: 'b' predicates: 'targets' "
                        "predicates: 'near' }"),
            "nn");
  EXPECT_EQ(LabAndCrime("edges { from: 'a' to: 'b' predicates: 'targets' "
                        "direction: DIRECTION_BOTH }"),
            "nn");
  EXPECT_EQ(LabAndCrime("edges { from: 'a' to: 'b' }"), "nn");
}

TEST_F(ImpliedKindsTest, NoHopsImplyNothing) {
  EXPECT_EQ(LabAndCrime("edges { from: 'a' to: 'b' predicates: 'targets' min_hops: 0 }"),
            "nn");
  EXPECT_EQ(LabAndCrime("edges { from: 'a' to: 'b' predicates: 'targets' max_hops: 3 }"),
            "yy");
}

}  // namespace
}  // namespace labgraph::query
