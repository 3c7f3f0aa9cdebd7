// Rules about what is new, which merging makes nothing of, and about what clashes, which
// must not depend on the order in which statements are moved.

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/graph/merge_entities.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/content.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using ::testing::IsEmpty;
using testing::TestGraph;

std::string Schema() {
  return absl::StrCat(kCrimeSchema, "predicates { name: 'boss' functional: true }");
}

class MergeRulesTest : public ::testing::Test {
 protected:
  MergeRulesTest() : graph_(absl::StrReplaceAll(Schema(), {{"deprecated: true", ""}})) {
    graph_.PutEntities({"lab/un", "lab/into", "lab/z", "fax/un", "fax/into"});
  }
  void TearDown() override { EXPECT_THAT(graph_.Verify(), IsEmpty()); }

  void Deprecate() {
    ASSERT_OK(graph_.ApplySchema(absl::StrCat("schema { ", Schema(), " }")));
  }
  void Put(const std::string& statement) {
    graph_.Do(absl::StrCat("put_statement {", statement, "}"));
  }
  void Merge() { graph_.Do("merge_entities { from: 'lab/un' into: 'lab/into' }"); }
  void Unmerge() { graph_.Do("unmerge_entity { id: 'lab/un' }"); }
  // The only statement of the entity with this predicate.
  v1::Statement Only(const std::string& id, const std::string& predicate) {
    v1::Statement found;
    const v1::Entity entity = graph_.Entity(id, "", v1::ENTITY_VIEW_FULL);
    for (const v1::Statement& statement : entity.statements()) {
      if (statement.predicate() != predicate) continue;
      EXPECT_EQ(found.id(), "");
      found = statement;
    }
    return found;
  }

  TestGraph graph_;
};

TEST_F(MergeRulesTest, ADeprecatedPredicateMovesAndComesBack) {
  Put("subject: 'lab/un' predicate: 'faxed' object: 'lab/z'");
  Deprecate();
  Merge();
  EXPECT_EQ(Only("lab/into", "faxed").object(), "lab/z");
  Unmerge();
  EXPECT_EQ(Only("lab/un", "faxed").object(), "lab/z");
  EXPECT_THAT(
      graph_.Try(
          "put_statement { subject: 'lab/z' predicate: 'faxed' object: 'lab/un' }"),
      testing::FailsWith(v1::ERROR_REASON_DEPRECATED));
}

TEST_F(MergeRulesTest, AnEntityOfADeprecatedKindComesBack) {
  Deprecate();
  graph_.Do("merge_entities { from: 'fax/un' into: 'fax/into' }");
  graph_.Do("unmerge_entity { id: 'fax/un' }");
  EXPECT_EQ(graph_.Entity("fax/un").id(), "fax/un");
}

TEST_F(MergeRulesTest, AReferenceToARetractedStatementMovesAndComesBack) {
  Put("id: 'gone' subject: 'lab/z' predicate: 'note' value { string_value: 'x' }");
  Put("subject: 'lab/un' predicate: 'corrects' value { string_value: 'gone' }");
  Put("subject: 'lab/un' predicate: 'part_of' object: 'lab/z' "
      "qualifiers { key: 'based_on' value { string_value: 'gone' } }");
  graph_.Do("retract_statement { id: 'gone' }");
  Merge();
  EXPECT_EQ(Only("lab/into", "corrects").value().string_value(), "gone");
  Unmerge();
  EXPECT_EQ(Only("lab/un", "corrects").value().string_value(), "gone");
  EXPECT_EQ(Only("lab/un", "part_of").qualifiers().at("based_on").string_value(), "gone");
}

TEST_F(MergeRulesTest, AReferenceToAStatementThatMovesIsRenamed) {
  Put("subject: 'lab/un' predicate: 'note' value { string_value: 'x' }");
  const std::string note = Only("lab/un", "note").id();
  Put(absl::StrCat("subject: 'lab/un' predicate: 'corrects' value { string_value: '",
                   note, "' }"));
  Put(
      absl::StrCat("subject: 'lab/un' predicate: 'part_of' object: 'lab/z' "
                   "qualifiers { key: 'based_on' value { string_value: '",
                   note, "' } }"));
  Merge();
  const std::string moved = Only("lab/into", "note").id();
  EXPECT_NE(moved, note);
  EXPECT_EQ(Only("lab/into", "corrects").value().string_value(), moved);
  v1::Statement part = Only("lab/into", "part_of");
  EXPECT_EQ(part.qualifiers().at("based_on").string_value(), moved);
  Put(absl::StrCat("id: '", part.id(), "' subject: 'lab/into' predicate: 'part_of' ",
                   "object: 'lab/z' rank: RANK_PREFERRED qualifiers { key: 'based_on' ",
                   "value { string_value: '", moved, "' } }"));
  Unmerge();
  EXPECT_EQ(Only("lab/un", "note").id(), note);
  EXPECT_EQ(Only("lab/un", "corrects").value().string_value(), note);
  part = Only("lab/un", "part_of");
  EXPECT_EQ(part.qualifiers().at("based_on").string_value(), note);
  EXPECT_EQ(part.rank(), v1::RANK_PREFERRED);
}

TEST_F(MergeRulesTest, TwoStatementsThatBecameOneAreTwoAgain) {
  Put("subject: 'lab/un' predicate: 'note' value { string_value: 'x' }");
  Put("subject: 'lab/into' predicate: 'note' value { string_value: 'x' }");
  // Of one entity, about two statements that the merge makes one.
  for (const char* id : {"lab/un", "lab/into"}) {
    Put(absl::StrCat("subject: 'lab/un' predicate: 'corrects' value { string_value: '",
                     Only(id, "note").id(), "' }"));
  }
  const std::string before = ContentOf(graph_, {"lab/un", "lab/into"});
  Merge();
  EXPECT_NE(Only("lab/into", "corrects").id(), "");
  Unmerge();
  EXPECT_EQ(ContentOf(graph_, {"lab/un", "lab/into"}), before);
}

TEST_F(MergeRulesTest, AStatementBetweenTheTwoIsInTheWayOfNoOther) {
  const std::string moves = "subject: 'lab/un' predicate: 'boss' object: 'lab/z'";
  const std::string between = "subject: 'lab/into' predicate: 'boss' object: 'lab/un'";
  for (const bool between_first : {true, false}) {
    Put(absl::StrCat("id: 'm1' ", between_first ? between : moves));
    Put(absl::StrCat("id: 'm2' ", between_first ? moves : between));
    Merge();
    EXPECT_EQ(Only("lab/into", "boss").object(), "lab/z");
    Unmerge();
    EXPECT_EQ(Only("lab/un", "boss").object(), "lab/z");
    EXPECT_EQ(Only("lab/into", "boss").object(), "lab/un");
    graph_.Do("retract_statement { id: 'm1' }");
    graph_.Do("retract_statement { id: 'm2' }");
  }
}

TEST_F(MergeRulesTest, ABrokenRuleIsToldAtAFieldOfTheRequest) {
  Put("subject: 'lab/un' predicate: 'boss' object: 'lab/z'");
  Put("subject: 'lab/into' predicate: 'boss' object: 'fax/un'");
  EXPECT_THAT(
      graph_.Try("merge_entities { from: 'lab/un' into: 'lab/into' }"),
      FailsAt(v1::ERROR_REASON_FUNCTIONAL_CONFLICT, "mutations[0].merge_entities.from"));
  graph_.Do("retract_statement { id: '" + Only("lab/into", "boss").id() + "' }");
  Put("subject: 'lab/into' predicate: 'boss' object: 'lab/un'");
  Merge();
  graph_.Do("retract_statement { id: '" + Only("lab/into", "boss").id() + "' }");
  Put("subject: 'lab/into' predicate: 'boss' object: 'fax/un'");
  EXPECT_THAT(
      graph_.Try("unmerge_entity { id: 'lab/un' }"),
      FailsAt(v1::ERROR_REASON_FUNCTIONAL_CONFLICT, "mutations[0].unmerge_entity.id"));
}

}  // namespace
}  // namespace labgraph::graph
