#include "seed/reader/nearest_name.h"

#include "gtest/gtest.h"

namespace labgraph::seed {
namespace {

TEST(NearestNameTest, FindsWhatWasProbablyMeant) {
  const std::vector<std::string> fields = {"id", "subject", "predicate", "object",
                                           "asserted_by"};
  EXPECT_EQ(NearestName("subjet", fields), "subject");
  EXPECT_EQ(NearestName("OBJECT", fields), "object");
  EXPECT_EQ(NearestName("nmae", {"name"}), "name") << "neighbours swapped";
  EXPECT_EQ(NearestName("assertedBy", fields), "asserted_by");
  EXPECT_EQ(NearestName("qualifiers", fields), "");
  EXPECT_EQ(NearestName("", fields), "");
  EXPECT_EQ(NearestName(std::string(1000, 'x'), fields), "");
}

TEST(NearestNameTest, TakesTheFirstOfEquallyNearOnes) {
  EXPECT_EQ(NearestName("worda", {"wordb", "wordc"}), "wordb");
}

TEST(DidYouMeanTest, AsksOnlyWhenThereIsSomethingToSuggest) {
  EXPECT_EQ(DidYouMean("subjet", {"subject"}), "; did you mean \"subject\"?");
  EXPECT_EQ(DidYouMean("x", {"subject"}), "");
}

}  // namespace
}  // namespace labgraph::seed
