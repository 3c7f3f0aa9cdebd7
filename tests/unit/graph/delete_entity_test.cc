#include "server/graph/delete_entity.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using testing::FailsWith;
using ::testing::IsEmpty;
using testing::TestGraph;

class DeleteEntityTest : public ::testing::Test {
 protected:
  DeleteEntityTest() {
    graph_.PutEntities({"lab/a", "lab/b", "lab/c", "document/d", "document/e"});
  }
  void Put(absl::string_view statement) {
    graph_.Do(absl::StrCat("put_statement {", statement, "}"));
  }

  TestGraph graph_{kCrimeSchema};
};

TEST_F(DeleteEntityTest, WithoutCascadeEveryReferenceStandsInTheWay) {
  const char* const statements[] = {
      "id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
      "id: 'x' subject: 'lab/b' predicate: 'part_of' object: 'lab/a'",
      "id: 'x' subject: 'lab/a' predicate: 'note' value { string_value: 'n' }",
      "id: 'x' subject: 'lab/b' predicate: 'uses' object: 'lab/c' "
      "sources { document: 'lab/a' }",
      "id: 'x' subject: 'lab/b' predicate: 'uses' object: 'lab/c' "
      "sources { document: 'document/d' asserted_by: 'lab/a' }",
  };
  for (const char* const statement : statements) {
    Put(statement);
    const absl::Status status = graph_.Try("delete_entity { id: 'lab/a' }");
    EXPECT_THAT(status,
                FailsAt(v1::ERROR_REASON_ENTITY_IN_USE, "mutations[0].delete_entity.id"))
        << statement;
    EXPECT_EQ(MetaOf(status, "statement"), "x");
    graph_.Do("retract_statement { id: 'x' }");
  }
  graph_.Do("put_entity { id: 'lab/b' sources { document: 'lab/a' } }");
  EXPECT_THAT(graph_.Try("delete_entity { id: 'lab/a' }"),
              FailsWith(v1::ERROR_REASON_ENTITY_IN_USE));
  graph_.Do("put_entity { id: 'lab/b' }");
  EXPECT_EQ(graph_.Do("delete_entity { id: 'lab/a' }").outcome(), v1::OUTCOME_RETRACTED);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(DeleteEntityTest, CascadeClearsEveryReference) {
  Put("id: 'as_subject' subject: 'document/d' predicate: 'note' value { string_value: "
      "'n' }");
  Put("id: 'as_object' subject: 'lab/a' predicate: 'uses' object: 'document/d' "
      "sources { document: 'document/e' }");
  Put("id: 'as_source' subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
      "sources { document: 'document/d' } sources { document: 'document/e' }");
  Put("id: 'other' subject: 'lab/a' predicate: 'part_of' object: 'lab/c' "
      "sources { document: 'document/e' }");
  graph_.Do(
      "put_entity { id: 'lab/b' sources { document: 'document/d' } "
      "sources { document: 'document/e' asserted_by: 'document/d' } }");
  const uint64_t before = graph_.head();
  EXPECT_EQ(graph_.Do("delete_entity { id: 'document/d' cascade: true }").outcome(),
            v1::OUTCOME_RETRACTED);
  for (const char* const id : {"as_subject", "as_object", "as_source"}) {
    EXPECT_EQ(graph_.Statement(id).id(), "") << id;
    EXPECT_EQ(graph_.Statement(id, absl::StrCat("revision: ", before)).id(), id);
  }
  EXPECT_EQ(graph_.Statement("other").id(), "other");
  const v1::Entity entity = graph_.Entity("lab/b");
  ASSERT_EQ(entity.sources_size(), 1);
  EXPECT_EQ(entity.sources(0).document(), "document/e");
  EXPECT_EQ(entity.sources(0).asserted_by(), "");
  EXPECT_EQ(graph_.Entity("document/d").id(), "");
  EXPECT_EQ(graph_.Entity("document/d", absl::StrCat("revision: ", before)).id(),
            "document/d");
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(DeleteEntityTest, CascadeClearsWhatTheSameCommitMade) {
  ASSERT_OK(
      graph_.Commit("mutations { put_statement { subject: 'lab/a' predicate: 'part_of' "
                    "object: 'lab/b' } } "
                    "mutations { delete_entity { id: 'lab/b' cascade: true } }"));
  EXPECT_EQ(graph_.graph().head()->state.statements, 0u);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(DeleteEntityTest, WhatIsGoneIsUnchangedAndComesBackAsAnother) {
  Put("id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'");
  graph_.Do("delete_entity { id: 'lab/b' cascade: true }");
  EXPECT_EQ(graph_.Do("delete_entity { id: 'lab/b' }").outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(graph_.Do("retract_statement { id: 'x' }").outcome(), v1::OUTCOME_UNCHANGED);
  const uint64_t head = graph_.head();
  graph_.PutEntities({"lab/b"});
  EXPECT_EQ(graph_.Entity("lab/b").created_revision(), head + 1);
  Put("id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'");
  EXPECT_EQ(graph_.Statement("x").created_revision(), head + 2);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(DeleteEntityTest, RefusesIdsThatCannotBe) {
  EXPECT_THAT(graph_.Try("delete_entity {}"),
              FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "mutations[0].delete_entity.id"));
  EXPECT_THAT(graph_.Try("delete_entity { id: 'labb/a' }"),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "mutations[0].delete_entity.id"));
  EXPECT_THAT(
      graph_.Try("retract_statement {}"),
      FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "mutations[0].retract_statement.id"));
}

// Rows of properties without records: enough to be counted, and to be skipped when their
// statements are to be retracted.
void FakeProperties(TestGraph& graph, absl::string_view id, uint64_t from,
                    uint64_t count) {
  const keys::EntityNumber number = graph.Read()->records().ResolveEntity(id, "").value();
  kv::Batch batch;
  for (uint64_t i = from; i < from + count; ++i) {
    batch.Put(keys::kValue, keys::ValueKey(number, 1, 1000 + i),
              keys::IndexRow{1, 1}.Encode());
  }
  ASSERT_OK(graph.store().Write(batch));
  graph.Reopen();
}

TEST_F(DeleteEntityTest, ACommitCascadesToALimitedNumber) {
  const uint64_t limit = limits::kMutationDerived.value;
  FakeProperties(graph_, "lab/a", 0, limit + 1);
  EXPECT_THAT(graph_.Try("delete_entity { id: 'lab/a' cascade: true }"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "mutations[0].delete_entity.id"));
  EXPECT_THAT(graph_.Try("delete_entity { id: 'lab/a' }"),
              FailsWith(v1::ERROR_REASON_ENTITY_IN_USE))
      << "the limit is on what is retracted, not on what is in use";
  FakeProperties(graph_, "lab/b", limit + 1, limit);
  FakeProperties(graph_, "lab/c", 2 * limit + 1, 1);
  EXPECT_THAT(graph_.Commit("mutations { delete_entity { id: 'lab/b' cascade: true } } "
                            "mutations { delete_entity { id: 'lab/c' cascade: true } }"),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "mutations[1].delete_entity.id"))
      << "all deletions of a commit count together";
  EXPECT_OK(graph_.Try("delete_entity { id: 'lab/b' cascade: true }"));
}

TEST_F(DeleteEntityTest, WhatAFailedMutationWouldHaveChangedDoesNotCount) {
  const uint64_t limit = limits::kMutationDerived.value;
  FakeProperties(graph_, "lab/b", 0, limit);  // which cannot be moved
  FakeProperties(graph_, "lab/c", limit, 1);
  const auto response = graph_.Commit(
      "mutations { merge_entities { from: 'lab/b' into: 'lab/a' } } "
      "mutations { delete_entity { id: 'lab/c' cascade: true } } validate_only: true");
  ASSERT_OK(response);
  ASSERT_EQ(response->problems_size(), 1);
  EXPECT_EQ(response->problems(0).reason(), "STORAGE_CORRUPT");
}

}  // namespace
}  // namespace labgraph::graph
