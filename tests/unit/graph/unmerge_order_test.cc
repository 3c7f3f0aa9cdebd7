// Merges that build on each other, taken back in any order: nothing that was said is
// lost.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/graph/unmerge_entity.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/content.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using ::testing::IsEmpty;
using testing::TestGraph;

class UnmergeOrderTest : public ::testing::Test {
 protected:
  UnmergeOrderTest() {
    graph_.PutEntities(
        {"lab/a", "lab/b", "lab/g", "lab/x", "lab/y", "document/d", "document/e"});
  }
  void TearDown() override { EXPECT_THAT(graph_.Verify(), IsEmpty()); }

  void Say(const std::string& subject, const std::string& predicate,
           const std::string& object, const std::string& source = "document/d") {
    graph_.Do(absl::StrCat("put_statement { subject: '", subject, "' predicate: '",
                           predicate, "' object: '", object, "' sources { document: '",
                           source, "' } }"));
  }
  static std::string Merging(const std::string& from, const std::string& into) {
    return absl::StrCat("merge_entities { from: '", from, "' into: '", into, "' }");
  }
  void Merge(const std::string& from, const std::string& into) {
    graph_.Do(Merging(from, into));
  }
  void Unmerge(const std::string& id) {
    graph_.Do(absl::StrCat("unmerge_entity { id: '", id, "' }"));
  }
  // That the merge of `id` cannot be taken back before that of `first`.
  void ExpectRefused(const std::string& id, const std::string& first,
                     const std::string& into) {
    const absl::Status status =
        graph_.Try(absl::StrCat("unmerge_entity { id: '", id, "' }"));
    EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_ENTITY_MERGED,
                                "mutations[0].unmerge_entity.id"));
    EXPECT_EQ(MetaOf(status, "id"), first);
    EXPECT_EQ(MetaOf(status, "into"), into);
  }
  std::string Content() {
    return ContentOf(graph_, {"lab/a", "lab/b", "lab/g", "lab/x", "lab/y"});
  }

  TestGraph graph_{kCrimeSchema};
};

TEST_F(UnmergeOrderTest, AFactThatALaterMergeJoinedStaysUntilThatIsTakenBack) {
  Say("lab/a", "uses", "lab/x");
  Say("lab/b", "uses", "lab/x", "document/e");
  const std::string before = Content();
  Merge("lab/a", "lab/g");
  Merge("lab/b", "lab/g");
  ExpectRefused("lab/a", "lab/b", "lab/g");
  Unmerge("lab/b");
  Unmerge("lab/a");
  EXPECT_EQ(Content(), before);
}

TEST_F(UnmergeOrderTest, AFactThatWasJoinedWithoutASourceOfItsOwnStaysAsWell) {
  Say("lab/a", "part_of", "lab/x");
  Say("lab/b", "part_of", "lab/x");
  const std::string before = Content();
  Merge("lab/a", "lab/g");
  Merge("lab/b", "lab/g");
  ExpectRefused("lab/a", "lab/b", "lab/g");
  Unmerge("lab/b");
  Unmerge("lab/a");
  EXPECT_EQ(Content(), before);
}

TEST_F(UnmergeOrderTest, WhatAnotherEntitysMergeJoinedStaysToo) {
  Say("lab/a", "uses", "lab/x");
  Say("lab/g", "uses", "lab/y", "document/e");
  const std::string before = Content();
  Merge("lab/a", "lab/g");
  Merge("lab/y", "lab/x");
  ExpectRefused("lab/a", "lab/y", "lab/x");
  Unmerge("lab/y");
  Unmerge("lab/a");
  EXPECT_EQ(Content(), before);
}

TEST_F(UnmergeOrderTest, TwoMergesOfOneCommitAreTakenBackInTheirOrder) {
  Say("lab/a", "uses", "lab/x");
  Say("lab/b", "uses", "lab/x", "document/e");
  Say("lab/g", "uses", "lab/x", "lab/y");
  const std::string before = Content();
  ASSERT_OK(
      graph_.Commit(absl::StrCat("mutations { ", Merging("lab/b", "lab/g"),
                                 " } mutations { ", Merging("lab/a", "lab/g"), " }")));
  ExpectRefused("lab/b", "lab/a", "lab/g");
  Unmerge("lab/a");
  Unmerge("lab/b");
  EXPECT_EQ(Content(), before);
}

TEST_F(UnmergeOrderTest, AlsoWhereTheyFoundAsManySources) {
  Say("lab/a", "part_of", "lab/x");
  Say("lab/b", "part_of", "lab/x");
  Say("lab/g", "part_of", "lab/x");
  const std::string before = Content();
  for (const bool a_first : {false, true}) {
    const std::string first = a_first ? "lab/a" : "lab/b";
    const std::string second = a_first ? "lab/b" : "lab/a";
    ASSERT_OK(
        graph_.Commit(absl::StrCat("mutations { ", Merging(first, "lab/g"),
                                   " } mutations { ", Merging(second, "lab/g"), " }")));
    ExpectRefused(first, second, "lab/g");
    Unmerge(second);
    Unmerge(first);
    EXPECT_EQ(Content(), before);
  }
}

TEST_F(UnmergeOrderTest, WhatItWasMergedIntoIsUnmergedFirst) {
  Say("lab/a", "uses", "lab/x");
  const std::string before = Content();
  Merge("lab/a", "lab/b");
  Merge("lab/b", "lab/g");
  ExpectRefused("lab/a", "lab/b", "lab/g");
  Unmerge("lab/b");
  Unmerge("lab/a");
  EXPECT_EQ(Content(), before);
}

TEST_F(UnmergeOrderTest, WhatTheOtherEndWasMergedIntoIsUnmergedFirst) {
  Say("lab/a", "uses", "lab/x");
  graph_.Do(
      "put_statement { id: 'own' subject: 'lab/x' predicate: 'part_of' object: 'lab/a' "
      "}");
  const std::string before = Content();
  Merge("lab/a", "lab/g");
  Merge("lab/x", "lab/y");
  ExpectRefused("lab/a", "lab/x", "lab/y");
  Unmerge("lab/x");
  Unmerge("lab/a");
  EXPECT_EQ(Content(), before);
}

TEST_F(UnmergeOrderTest, WhatWasRetractedBeforeALaterMergeIsNotInItsWay) {
  graph_.Do(
      "put_statement { id: 'own' subject: 'lab/a' predicate: 'part_of' object: 'lab/x' "
      "}");
  Merge("lab/a", "lab/g");
  graph_.Do("retract_statement { id: 'own' }");
  Merge("lab/x", "lab/y");
  Unmerge("lab/a");
  EXPECT_EQ(graph_.Entity("lab/a").id(), "lab/a");
  EXPECT_EQ(graph_.Statement("own").id(), "");
}

TEST_F(UnmergeOrderTest, MergesThatShareNothingGoInAnyOrder) {
  Say("lab/a", "uses", "lab/x");
  Say("lab/b", "uses", "lab/y");
  const std::string before = Content();
  Merge("lab/a", "lab/g");
  Merge("lab/b", "lab/g");
  Unmerge("lab/a");
  Unmerge("lab/b");
  EXPECT_EQ(Content(), before);
}

}  // namespace
}  // namespace labgraph::graph
