#include <string>

#include "gtest/gtest.h"
#include "server/schema/checks.h"

namespace labgraph::schema {
namespace {

const std::vector<absl::string_view>& Candidates() {
  static const auto* candidates = new std::vector<absl::string_view>{
      "lab",     "lab_cohort",    "organization", "merged_into", "member_of",
      "targets", "targets_place", "in",           "on"};
  return *candidates;
}

TEST(NearestTest, FindsWhatASlipOfThePenMeant) {
  EXPECT_EQ(Nearest("lba", Candidates()), "lab");  // exchanged
  EXPECT_EQ(Nearest("la", Candidates()), "lab");
  EXPECT_EQ(Nearest("labs", Candidates()), "lab");
  EXPECT_EQ(Nearest("lob", Candidates()), "lab");
  EXPECT_EQ(Nearest("organisation", Candidates()), "organization");
  EXPECT_EQ(Nearest("merge_into", Candidates()), "merged_into");
  EXPECT_EQ(Nearest("merged-into", Candidates()), "merged_into");
  EXPECT_EQ(Nearest("mergedinto", Candidates()), "merged_into");
  EXPECT_EQ(Nearest("tragets", Candidates()), "targets");
  EXPECT_EQ(Nearest("LAB_COHORT", Candidates()), "lab_cohort");
  EXPECT_EQ(Nearest("lab", Candidates()), "lab");
}

TEST(NearestTest, FindsNothingWhereNothingIsClose) {
  EXPECT_EQ(Nearest("person", Candidates()), "");
  EXPECT_EQ(Nearest("xyz", Candidates()), "");
  EXPECT_EQ(Nearest("", Candidates()), "");
  EXPECT_EQ(Nearest("x", Candidates()), "");
  EXPECT_EQ(Nearest("organi", Candidates()), "");
  EXPECT_EQ(Nearest("lab", {}), "");
  EXPECT_EQ(Nearest(std::string(1000000, 'a'), Candidates()), "");
}

TEST(NearestTest, TakesTheClosestThenTheFirst) {
  EXPECT_EQ(Nearest("target", {"targets_", "targets", "forget"}), "targets");
  EXPECT_EQ(Nearest("cat", {"hat", "bat", "rat"}), "bat");
  EXPECT_EQ(Nearest("cat", {"bat", "rat", "hat"}), "bat");
}

TEST(NearestTest, AllowsMoreSlipsInLongerNames) {
  EXPECT_EQ(Nearest("abcdefgh", {"abcdef12"}), "abcdef12");
  EXPECT_EQ(Nearest("abcdefgh", {"abcde123"}), "");
  EXPECT_EQ(Nearest("abcdefghijklmnopqrst", {"abcdefghijklmnopq123"}),
            "abcdefghijklmnopq123");
  EXPECT_EQ(Nearest("abcdefghijklmnopqrst", {"abcdefghijklmnop1234"}), "");
}

}  // namespace
}  // namespace labgraph::schema
