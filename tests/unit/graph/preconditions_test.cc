#include "server/graph/preconditions.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using ::testing::HasSubstr;
using testing::TestGraph;

class PreconditionsTest : public ::testing::Test {
 protected:
  PreconditionsTest() {
    graph_.PutEntities({"lab/a", "lab/b", "lab/c", "person/p"});
    graph_.Do(
        "put_statement { id: 'ab' subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
        "}");
    graph_.Do(
        "put_statement { id: 'bc' subject: 'lab/c' predicate: 'works_with' "
        "object: 'lab/b' }");
    graph_.Do(
        "put_statement { id: 'n' subject: 'lab/a' predicate: 'note' "
        "value { string_value: 'x' } }");
  }

  // What becomes of a commit with this precondition, which makes person/q.
  absl::Status Commit(absl::string_view precondition) {
    return graph_
        .Commit(
            absl::StrCat("mutations { put_entity { id: 'person/q' } } preconditions {",
                         precondition, "}"))
        .status();
  }
  void Holds(absl::string_view precondition) {
    EXPECT_OK(Commit(precondition)) << precondition;
    graph_.Try("delete_entity { id: 'person/q' }").IgnoreError();
  }
  void Fails(absl::string_view precondition) {
    const uint64_t head = graph_.head();
    EXPECT_THAT(Commit(precondition),
                ::testing::ResultOf(ReasonOf, v1::ERROR_REASON_PRECONDITION_FAILED))
        << precondition;
    EXPECT_EQ(graph_.head(), head) << precondition;
    EXPECT_EQ(graph_.Entity("person/q").id(), "") << precondition;
  }

  TestGraph graph_{kCrimeSchema};
};

TEST_F(PreconditionsTest, RecordsExistOrAreAbsent) {
  Holds("entity: 'lab/a'");
  Holds("entity: 'lab/a' must: REQUIREMENT_EXISTS");
  Fails("entity: 'lab/a' must: REQUIREMENT_ABSENT");
  Fails("entity: 'lab/none' must: REQUIREMENT_EXISTS");
  Holds("entity: 'lab/none' must: REQUIREMENT_ABSENT");
  Holds("statement: 'ab'");
  Fails("statement: 'ab' must: REQUIREMENT_ABSENT");
  Fails("statement: 'none'");
  Holds("statement: 'none' must: REQUIREMENT_ABSENT");
}

TEST_F(PreconditionsTest, UnchangedSinceKnowsWhatWasErased) {
  const std::string since =
      absl::StrCat(" must: REQUIREMENT_UNCHANGED_SINCE revision: ", graph_.head());
  for (const char* record : {"statement: 'n'", "entity: 'person/p'"}) {
    ASSERT_OK(graph_.graph().Erase(testing::ParseText<v1::EraseRequest>(record)));
    Fails(absl::StrCat(record, since));
    Holds(absl::StrCat(record,
                       " must: REQUIREMENT_UNCHANGED_SINCE revision: ", graph_.head()));
  }
  ASSERT_OK(graph_.graph().CompactHistory(graph_.head()));
  Fails(absl::StrCat("statement: 'n'", since));
}

TEST_F(PreconditionsTest, UnchangedSinceLooksAtEveryWriteInBetween) {
  const uint64_t read = graph_.head();
  const std::string since =
      absl::StrCat(" must: REQUIREMENT_UNCHANGED_SINCE revision: ", read);
  Holds(absl::StrCat("entity: 'lab/c'", since));
  Holds(absl::StrCat("entity: 'lab/none'", since));
  graph_.Do("put_entity { id: 'lab/c' placeholder: true }");
  Fails(absl::StrCat("entity: 'lab/c'", since));
  graph_.Do("put_entity { id: 'lab/none' }");
  Fails(absl::StrCat("entity: 'lab/none'", since));
  graph_.Do("delete_entity { id: 'lab/none' }");  // absent as it was, but not unchanged
  Fails(absl::StrCat("entity: 'lab/none'", since));
  Holds(absl::StrCat("statement: 'n'", since));
  graph_.Do("retract_statement { id: 'n' }");
  Fails(absl::StrCat("statement: 'n'", since));
}

TEST_F(PreconditionsTest, StatementsMatchByTheirEnds) {
  const auto some = [](absl::string_view match) {
    return absl::StrCat("statements {", match, "}");
  };
  const auto none = [&](absl::string_view match) {
    return absl::StrCat(some(match), " must: REQUIREMENT_ABSENT");
  };
  for (const char* const match : {
           "subject: 'lab/a'",
           "object: 'lab/b'",
           "subject: 'lab/a' predicate: 'part_of'",
           "subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
           "subject: 'lab/b' predicate: 'has_part' object: 'lab/a'",
           "subject: 'lab/b' predicate: 'works_with' object: 'lab/c'",
           "subject: 'lab/c' predicate: 'works_with' object: 'lab/b'",
           "subject: 'lab/a' predicate: 'note'",
           "subject: 'lab/c'",
           "subject: 'lab/c' object: 'lab/b'",
       }) {
    Holds(some(match));
    Fails(none(match));
  }
  for (const char* const match : {
           "subject: 'person/p'",
           "subject: 'lab/none'",
           "subject: 'lab/b' predicate: 'part_of'",
           "subject: 'lab/a' predicate: 'part_of' object: 'lab/c'",
           "object: 'lab/b' predicate: 'note'",
           "subject: 'lab/b' object: 'lab/a'",
           "object: 'lab/a'",
       }) {
    Fails(some(match));
    Holds(none(match));
  }
}

TEST_F(PreconditionsTest, AreJudgedBeforeTheMutationsOfTheirCommit) {
  EXPECT_OK(
      graph_.Commit("mutations { put_entity { id: 'lab/new' } } "
                    "preconditions { entity: 'lab/new' must: REQUIREMENT_ABSENT }"));
}

TEST_F(PreconditionsTest, MistakesAreToldAtTheirFields) {
  EXPECT_THAT(Commit(""), FailsAt(v1::ERROR_REASON_FIELD_INVALID, "preconditions[0]"));
  EXPECT_THAT(Commit("entity: 'lab'"),
              FailsAt(v1::ERROR_REASON_ID_MALFORMED, "preconditions[0].entity"));
  EXPECT_THAT(Commit("entity: 'bar/x'"),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "preconditions[0].entity"));
  EXPECT_THAT(Commit("entity: 'lab/a' must: 9"),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "preconditions[0].must"));
  EXPECT_THAT(Commit("entity: 'lab/a' must: REQUIREMENT_UNCHANGED_SINCE revision: 999"),
              FailsAt(v1::ERROR_REASON_REVISION_IN_FUTURE, "preconditions[0].revision"));
  EXPECT_THAT(
      Commit("statements { predicate: 'part_of' }"),
      FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "preconditions[0].statements.subject"));
  EXPECT_THAT(Commit("statements { subject: 'lab/a' predicate: 'nope' }"),
              FailsAt(v1::ERROR_REASON_PREDICATE_UNKNOWN,
                      "preconditions[0].statements.predicate"));
  EXPECT_THAT(Commit("statements { subject: 'lab/a' } must: REQUIREMENT_UNCHANGED_SINCE"),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "preconditions[0].must"));
}

TEST_F(PreconditionsTest, TheirNumberIsLimited) {
  std::string request;
  for (uint64_t i = 0; i < limits::kPreconditions.value; ++i) {
    absl::StrAppend(&request, "preconditions { entity: 'lab/a' }");
  }
  EXPECT_OK(graph_.Commit(request));
  absl::StrAppend(&request, "preconditions { entity: 'lab/a' }");
  EXPECT_THAT(graph_.Commit(request),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "preconditions"));
}

TEST_F(PreconditionsTest, ValidateOnlyTellsOfThemToo) {
  const auto response = graph_.Commit(
      "validate_only: true preconditions { entity: 'lab/a' must: REQUIREMENT_ABSENT }");
  ASSERT_OK(response);
  ASSERT_EQ(response->problems_size(), 1);
  EXPECT_EQ(response->problems(0).reason(), "PRECONDITION_FAILED");
  EXPECT_EQ(response->problems(0).field(), "preconditions[0]");
}

TEST_F(PreconditionsTest, ARetryOfACommitThatWasMadeGetsItsAnswer) {
  const std::string request =
      "request_id: 'r' mutations { put_entity { id: 'lab/new' } } "
      "preconditions { entity: 'lab/new' must: REQUIREMENT_ABSENT }";
  const auto first = graph_.Commit(request);
  ASSERT_OK(first);
  const auto again = graph_.Commit(request);
  ASSERT_OK(again);
  EXPECT_TRUE(again->replayed());
  EXPECT_EQ(again->revision(), first->revision());
}

}  // namespace
}  // namespace labgraph::graph
