#include "server/graph/merge_entities.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/content.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using ::testing::IsEmpty;
using testing::TestGraph;

class MergeEntitiesTest : public ::testing::Test {
 protected:
  MergeEntitiesTest() {
    graph_.PutEntities({"lab/un", "lab/named", "lab/b", "lab/c", "document/d",
                        "document/e", "document/old"});
  }
  void Put(absl::string_view statement) {
    graph_.Do(absl::StrCat("put_statement {", statement, "}"));
  }
  v1::MutationResult Merge() {
    return graph_.Do("merge_entities { from: 'lab/un' into: 'lab/named' }");
  }
  void Unmerge() { graph_.Do("unmerge_entity { id: 'lab/un' }"); }
  // The id of the entity that a reader of `id` is given; empty where there is none.
  std::string LeadsTo(absl::string_view id) {
    const std::unique_ptr<View> view = graph_.Read();
    const auto number = view->records().ResolveEntity(id, "id");
    return number.ok() ? *view->EntityId(*number) : "";
  }
  std::string Content() {
    return ContentOf(graph_, {"lab/un", "lab/named", "lab/b", "lab/c", "document/d",
                              "document/e", "document/old"});
  }
  void TearDown() override { EXPECT_THAT(graph_.Verify(), IsEmpty()); }

  TestGraph graph_{kCrimeSchema};
};

TEST_F(MergeEntitiesTest, StatementsMoveToTheEntityThatStays) {
  Put("subject: 'lab/un' predicate: 'part_of' object: 'lab/b'");
  Put("id: 'own' subject: 'lab/c' predicate: 'part_of' object: 'lab/un'");
  Put("subject: 'lab/un' predicate: 'note' value { string_value: 'x' }");
  EXPECT_EQ(Merge().outcome(), v1::OUTCOME_UPDATED);
  EXPECT_EQ(LeadsTo("lab/un"), "lab/named");  // led there
  const v1::Entity named = graph_.Entity("lab/named", "", v1::ENTITY_VIEW_FULL);
  EXPECT_EQ(named.statements_size(), 2);
  EXPECT_EQ(graph_.Statement("own").object(), "lab/named");
  // As if it had been said of the other at once: saying it again changes nothing.
  EXPECT_EQ(graph_
                .Do("put_statement { subject: 'lab/named' predicate: 'part_of' "
                    "object: 'lab/b' }")
                .outcome(),
            v1::OUTCOME_UNCHANGED);
}

TEST_F(MergeEntitiesTest, WhatWasBeforeCanStillBeRead) {
  Put("id: 's' subject: 'lab/un' predicate: 'part_of' object: 'lab/b'");
  const std::string before = absl::StrCat("revision: ", graph_.head());
  Merge();
  EXPECT_EQ(graph_.Entity("lab/un", before).id(), "lab/un");
  EXPECT_EQ(graph_.Statement("s", before).subject(), "lab/un");
  EXPECT_EQ(graph_.Statement("s").subject(), "lab/named");
}

TEST_F(MergeEntitiesTest, AFactOfBothIsKeptOnceWithTheSourcesOfBoth) {
  Put("subject: 'lab/un' predicate: 'uses' object: 'lab/b' sources { document: "
      "'document/d' } sources { document: 'document/e' }");
  Put("subject: 'lab/named' predicate: 'uses' object: 'lab/b' sources { document: "
      "'document/e' }");
  Merge();
  const v1::Entity named = graph_.Entity("lab/named", "", v1::ENTITY_VIEW_FULL);
  ASSERT_EQ(named.statements_size(), 1);
  EXPECT_EQ(named.statements(0).sources_size(), 2);
}

TEST_F(MergeEntitiesTest, AStatementBetweenTheTwoIsRetracted) {
  Put("id: 's' subject: 'lab/un' predicate: 'part_of' object: 'lab/named'");
  Merge();
  EXPECT_EQ(graph_.Statement("s").id(), "");
}

TEST_F(MergeEntitiesTest, SourcesAreRenamed) {
  Put("id: 's' subject: 'lab/b' predicate: 'uses' object: 'lab/c' "
      "sources { document: 'document/old' }");
  graph_.Do("put_entity { id: 'lab/b' sources { document: 'document/old' } }");
  graph_.Do("merge_entities { from: 'document/old' into: 'document/d' }");
  EXPECT_EQ(graph_.Statement("s").sources(0).document(), "document/d");
  EXPECT_EQ(graph_.Entity("lab/b").sources(0).document(), "document/d");
}

TEST_F(MergeEntitiesTest, UnmergingGivesBackWhatWas) {
  Put("subject: 'lab/un' predicate: 'part_of' object: 'lab/b'");
  Put("id: 'own' subject: 'lab/c' predicate: 'works_with' object: 'lab/un'");
  Put("id: 'between' subject: 'lab/un' predicate: 'part_of' object: 'lab/named'");
  Put("subject: 'lab/un' predicate: 'uses' object: 'lab/b' sources { document: "
      "'document/d' }");
  Put("subject: 'lab/named' predicate: 'uses' object: 'lab/b' sources { document: "
      "'document/e' }");
  Put("id: 'by' subject: 'lab/b' predicate: 'uses' object: 'lab/c' sources { document: "
      "'document/d' asserted_by: 'lab/un' }");
  graph_.Do("put_entity { id: 'lab/c' sources { document: 'lab/un' } }");
  graph_.Do(
      "put_entity { id: 'lab/un' names { key: 'en' value: 'Unnamed' } "
      "placeholder: true }");
  const std::string before = Content();
  Merge();
  EXPECT_NE(Content(), before);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
  Unmerge();
  EXPECT_EQ(Content(), before);
}

TEST_F(MergeEntitiesTest, UnmergingKeepsWhatWasChangedSince) {
  Put("id: 'edited' subject: 'lab/un' predicate: 'part_of' object: 'lab/b'");
  Put("id: 'dropped' subject: 'lab/un' predicate: 'works_with' object: 'lab/c'");
  Merge();
  Put("id: 'edited' subject: 'lab/named' predicate: 'part_of' object: 'lab/b' "
      "rank: RANK_PREFERRED");
  graph_.Do("retract_statement { id: 'dropped' }");
  Unmerge();
  EXPECT_EQ(graph_.Statement("edited").subject(), "lab/un");
  EXPECT_EQ(graph_.Statement("edited").rank(), v1::RANK_PREFERRED);
  EXPECT_EQ(graph_.Statement("dropped").id(), "");
}

TEST_F(MergeEntitiesTest, UnmergingOutlivesWhatWasDeletedSince) {
  Put("id: 'between' subject: 'lab/un' predicate: 'part_of' object: 'lab/named'");
  Put("id: 's' subject: 'lab/un' predicate: 'part_of' object: 'lab/b'");
  Merge();
  graph_.Do("delete_entity { id: 'lab/named' cascade: true }");
  Unmerge();
  EXPECT_EQ(graph_.Entity("lab/un").id(), "lab/un");
  EXPECT_EQ(graph_.Statement("between").id(), "");
  EXPECT_EQ(graph_.Statement("s").id(), "");
}

TEST_F(MergeEntitiesTest, AStatementWhoseStartWasCorrectedMovesAndComesBack) {
  // Its id, which the server derived from the former start, stays.
  Put("subject: 'lab/un' predicate: 'part_of' object: 'lab/b' valid { start: '2020' }");
  const std::string id =
      graph_.Entity("lab/un", "", v1::ENTITY_VIEW_FULL).statements(0).id();
  Put(absl::StrCat("id: '", id,
                   "' subject: 'lab/un' predicate: 'part_of' object: 'lab/b' "
                   "valid { start: '2021' }"));
  const std::string before = Content();
  Merge();
  const v1::Entity named = graph_.Entity("lab/named", "", v1::ENTITY_VIEW_FULL);
  ASSERT_EQ(named.statements_size(), 1);
  EXPECT_EQ(named.statements(0).valid().start(), "2021");
  Unmerge();
  EXPECT_EQ(Content(), before);
}

TEST_F(MergeEntitiesTest, UnmergingLeavesAloneWhatHasTheIdOfAFormerStatement) {
  Put("id: 'own' subject: 'lab/un' predicate: 'part_of' object: 'lab/b'");
  Merge();
  graph_.Do("retract_statement { id: 'own' }");
  Put("id: 'own' subject: 'lab/c' predicate: 'note' value { string_value: 'another' }");
  Unmerge();
  EXPECT_EQ(graph_.Statement("own").subject(), "lab/c");
  EXPECT_EQ(graph_.Entity("lab/un", "", v1::ENTITY_VIEW_FULL).statements_size(), 0);
}

TEST_F(MergeEntitiesTest, UnmergingLooksForSourcesWhereTheyAreNow) {
  graph_.Do(
      "put_entity { id: 'lab/un' sources { document: 'document/d' } "
      "sources { document: 'document/old' } sources { document: 'lab/un' } "
      "sources { document: 'document/e' asserted_by: 'lab/c' } }");
  Merge();
  graph_.Do("merge_entities { from: 'document/old' into: 'document/e' }");
  graph_.Do("delete_entity { id: 'document/d' }");
  graph_.Do("delete_entity { id: 'lab/c' }");
  Unmerge();
  const v1::Entity entity = graph_.Entity("lab/un");
  ASSERT_EQ(entity.sources_size(), 2);
  EXPECT_EQ(entity.sources(0).document(), "document/e");
  EXPECT_EQ(entity.sources(1).document(), "lab/un");
}

TEST_F(MergeEntitiesTest, RedirectsLeadOnAndEndWithTheirTarget) {
  Merge();
  graph_.Do("merge_entities { from: 'lab/named' into: 'lab/b' }");
  EXPECT_EQ(LeadsTo("lab/un"), "lab/b");
  graph_.Do("unmerge_entity { id: 'lab/named' }");
  EXPECT_EQ(LeadsTo("lab/un"), "lab/named");
  graph_.Do("delete_entity { id: 'lab/named' }");
  EXPECT_EQ(LeadsTo("lab/un"), "");
}

TEST_F(MergeEntitiesTest, WritesToTheIdThatWentAreToldWhere) {
  Merge();
  const absl::Status put = graph_.Try("put_entity { id: 'lab/un' }");
  EXPECT_THAT(put, FailsAt(v1::ERROR_REASON_ENTITY_MERGED, "mutations[0].put_entity.id"));
  EXPECT_EQ(MetaOf(put, "into"), "lab/named");
  EXPECT_THAT(
      graph_.Try("put_statement { subject: 'lab/un' predicate: 'part_of' "
                 "object: 'lab/b' }"),
      FailsAt(v1::ERROR_REASON_ENTITY_MERGED, "mutations[0].put_statement.subject"));
  EXPECT_THAT(graph_.Try("put_statement { subject: 'lab/b' predicate: 'uses' object: "
                         "'lab/c' sources { document: 'lab/un' } }"),
              FailsAt(v1::ERROR_REASON_ENTITY_MERGED,
                      "mutations[0].put_statement.sources[0].document"));
  EXPECT_THAT(
      graph_.Try("merge_entities { from: 'lab/b' into: 'lab/un' }"),
      FailsAt(v1::ERROR_REASON_ENTITY_MERGED, "mutations[0].merge_entities.into"));
}

TEST_F(MergeEntitiesTest, MergingAgainChangesNothing) {
  Merge();
  const uint64_t head = graph_.head();
  EXPECT_EQ(Merge().outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(graph_.head(), head);
  EXPECT_THAT(
      graph_.Try("merge_entities { from: 'lab/un' into: 'lab/b' }"),
      FailsAt(v1::ERROR_REASON_ENTITY_MERGED, "mutations[0].merge_entities.from"));
}

TEST_F(MergeEntitiesTest, MistakesAreToldAtTheirFields) {
  EXPECT_THAT(
      graph_.Try("merge_entities { from: 'lab/none' into: 'lab/b' }"),
      FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "mutations[0].merge_entities.from"));
  EXPECT_THAT(
      graph_.Try("merge_entities { from: 'lab/b' into: 'lab/none' }"),
      FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "mutations[0].merge_entities.into"));
  EXPECT_THAT(
      graph_.Try("merge_entities { from: 'lab/b' into: 'lab/b' }"),
      FailsAt(v1::ERROR_REASON_FIELD_INVALID, "mutations[0].merge_entities.into"));
  EXPECT_THAT(
      graph_.Try("unmerge_entity { id: 'lab/b' }"),
      FailsAt(v1::ERROR_REASON_ENTITY_NOT_MERGED, "mutations[0].unmerge_entity.id"));
}

TEST_F(MergeEntitiesTest, ARuleThatTheMergeWouldBreakRefusesItWhole) {
  graph_.PutEntities({"person/p", "person/q"});
  Put("subject: 'lab/un' predicate: 'led_by' object: 'person/p'");
  Put("subject: 'lab/named' predicate: 'led_by' object: 'person/q'");
  const std::string before = Content();
  EXPECT_THAT(graph_.Try("merge_entities { from: 'lab/un' into: 'lab/named' }"),
              testing::FailsWith(v1::ERROR_REASON_FUNCTIONAL_CONFLICT));
  EXPECT_EQ(Content(), before);
}

TEST_F(MergeEntitiesTest, SurvivesReopening) {
  Put("id: 's' subject: 'lab/un' predicate: 'part_of' object: 'lab/b'");
  Merge();
  graph_.Reopen();
  EXPECT_EQ(LeadsTo("lab/un"), "lab/named");
  EXPECT_THAT(graph_.Try("put_entity { id: 'lab/un' }"),
              testing::FailsWith(v1::ERROR_REASON_ENTITY_MERGED));
  Unmerge();
  EXPECT_EQ(graph_.Statement("s").subject(), "lab/un");
}

}  // namespace
}  // namespace labgraph::graph
