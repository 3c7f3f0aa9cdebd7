#include "server/graph/statement_draft.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using testing::ParseText;
using testing::TestGraph;

// Ids in stores and in others' data were made so: a vector may be added, never changed.
TEST(DefaultStatementIdTest, GoldenVectors) {
  const struct {
    const char* statement;
    const char* predicate;
    const char* id;
  } cases[] = {
      {R"pb(subject: "lab/exit" object: "lab/nsoc")pb", "part_of",
       "s-65yeb7vb3f3bhqcjqnpbob2lqu"},
      {R"pb(subject: "lab/exit"
            object: "lab/nsoc"
            valid { start: "2021-07" })pb",
       "part_of", "s-7x6rx642djkqrgf7wicplqnrfe"},
      {R"pb(subject: "lab/exit"
            value { number_value: 6 })pb",
       "capacity", "s-2widte2aon27plcjmzgfx3x7ke"},
      {R"pb(subject: "lab/exit"
            value { string_value: "hi" })pb",
       "note", "s-hrhmz277mrqbruyuhfdtp4flsq"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(
        DefaultStatementId(ParseText<v1::Statement>(test.statement), test.predicate),
        test.id);
  }
}

TEST(DefaultStatementIdTest, OnlySubjectPredicateTargetAndStartCount) {
  const auto id = [](const char* rest) {
    const std::string text =
        absl::StrCat("subject: 'lab/exit' object: 'lab/nsoc' ", rest);
    return DefaultStatementId(ParseText<v1::Statement>(text), "part_of");
  };
  EXPECT_EQ(id("valid { end: '2022' text: 'about then' } rank: RANK_DEPRECATED"), id(""));
  EXPECT_EQ(id("sources { document: 'document/a' } visibility: 'fiod'"), id(""));
  EXPECT_NE(id("valid { start: '2022' }"), id(""));
  const auto shifted = ParseText<v1::Statement>("subject: 'lab/exi' object: 'lab/nsoc'");
  EXPECT_NE(DefaultStatementId(shifted, "tpart_of"), id(""))
      << "parts do not run together";
}

class StatementDraftTest : public ::testing::Test {
 protected:
  StatementDraftTest() {
    graph_.PutEntities({"lab/a", "lab/b", "team/t", "person/p", "document/d"});
  }

  // The statement as it is stored when `statement` is put.
  v1::Statement Stored(absl::string_view statement) {
    const v1::MutationResult result =
        graph_.Do(absl::StrCat("put_statement {", statement, "}"));
    return graph_.Statement(result.id());
  }
  absl::Status Try(absl::string_view statement) {
    return graph_.Try(absl::StrCat("put_statement {", statement, "}"));
  }

  TestGraph graph_{kCrimeSchema};
};

TEST_F(StatementDraftTest, DefaultsAreFilledIn) {
  const v1::Statement stored =
      Stored("subject: 'lab/a' predicate: 'part_of' object: 'lab/b'");
  EXPECT_EQ(stored.rank(), v1::RANK_NORMAL);
  EXPECT_EQ(stored.assertion(), v1::ASSERTION_ASSERTED);
  EXPECT_EQ(stored.visibility(), "public");
  EXPECT_EQ(stored.id(), DefaultStatementId(stored, "part_of"));
  EXPECT_FALSE(stored.has_valid());
}

TEST_F(StatementDraftTest, AnInverseNameIsTurnedRound) {
  const v1::Statement stored =
      Stored("subject: 'lab/b' predicate: 'has_part' object: 'lab/a'");
  EXPECT_EQ(stored.predicate(), "part_of");
  EXPECT_EQ(stored.subject(), "lab/a");
  EXPECT_EQ(stored.object(), "lab/b");
  EXPECT_EQ(Stored("subject: 'lab/a' predicate: 'part_of' object: 'lab/b'").id(),
            stored.id());
}

TEST_F(StatementDraftTest, ASymmetricRelationIsStoredOneWayRound) {
  const v1::Statement stored =
      Stored("subject: 'team/t' predicate: 'works_with' object: 'lab/a'");
  EXPECT_EQ(stored.subject(), "lab/a");
  EXPECT_EQ(stored.object(), "team/t");
  EXPECT_EQ(Stored("subject: 'lab/a' predicate: 'works_with' object: 'team/t'").id(),
            stored.id());
}

TEST_F(StatementDraftTest, ErrorsOfATurnedStatementNameTheCallersField) {
  EXPECT_THAT(
      Try("subject: 'lab/b' predicate: 'has_part' object: 'lab/none'"),
      FailsAt(v1::ERROR_REASON_REFERENCE_NOT_FOUND, "mutations[0].put_statement.object"));
  EXPECT_THAT(Try("subject: 'lab/none' predicate: 'has_part' object: 'lab/b'"),
              FailsAt(v1::ERROR_REASON_REFERENCE_NOT_FOUND,
                      "mutations[0].put_statement.subject"));
  EXPECT_THAT(
      Try("subject: 'person/p' predicate: 'has_part' object: 'lab/b'"),
      FailsAt(v1::ERROR_REASON_RANGE_VIOLATION, "mutations[0].put_statement.subject"));
}

TEST_F(StatementDraftTest, OutputFieldsAreDropped) {
  const v1::MutationResult first = graph_.Do(
      "put_statement { subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
      "  valid { start: '2021' } }");
  v1::Statement stored = graph_.Statement(first.id(), "valid_at: '2022-01-01'");
  EXPECT_EQ(stored.valid().earliest_start(), "2021-01-01");
  EXPECT_EQ(stored.certainty(), v1::CERTAINTY_POSSIBLE);
  stored.set_created_revision(99);
  const v1::MutationResult again =
      graph_.Do(absl::StrCat("put_statement {", stored.DebugString(), "}"));
  EXPECT_EQ(again.outcome(), v1::OUTCOME_UNCHANGED) << "what is read can be written back";
}

TEST_F(StatementDraftTest, VisibilityIsCanonicalAndAnEmptyValidTimeIsNone) {
  const v1::Statement stored = Stored(
      "subject: 'lab/a' predicate: 'part_of' object: 'lab/b' valid {} visibility: 'b&a'");
  EXPECT_EQ(stored.visibility(), "a & b");
  EXPECT_FALSE(stored.has_valid());
}

TEST_F(StatementDraftTest, RefusesWhatIsMalformed) {
  const struct {
    const char* statement;
    v1::ErrorReason reason;
    const char* field;
  } cases[] = {
      {"predicate: 'part_of' object: 'lab/b'", v1::ERROR_REASON_FIELD_REQUIRED,
       "subject"},
      {"subject: 'lab/a' object: 'lab/b'", v1::ERROR_REASON_FIELD_REQUIRED, "predicate"},
      {"subject: 'lab/a' predicate: 'part_of'", v1::ERROR_REASON_FIELD_REQUIRED,
       "object"},
      {"subject: 'lab/a' predicate: 'note'", v1::ERROR_REASON_FIELD_REQUIRED, "value"},
      {"subject: 'lab/a' predicate: 'part_of' object: ''",
       v1::ERROR_REASON_FIELD_REQUIRED, "object"},
      {"subject: 'lab/a' predicate: 'part_off' object: 'lab/b'",
       v1::ERROR_REASON_PREDICATE_UNKNOWN, "predicate"},
      {"subject: 'labb/a' predicate: 'part_of' object: 'lab/b'",
       v1::ERROR_REASON_KIND_UNKNOWN, "subject"},
      {"subject: 'lab' predicate: 'part_of' object: 'lab/b'",
       v1::ERROR_REASON_ID_MALFORMED, "subject"},
      {"subject: 'lab/a' predicate: 'part_of' object: 'Lab/b'",
       v1::ERROR_REASON_ID_MALFORMED, "object"},
      {"subject: 'lab/a' predicate: 'part_of' object: 'lab/c'",
       v1::ERROR_REASON_REFERENCE_NOT_FOUND, "object"},
      {"subject: 'lab/c' predicate: 'part_of' object: 'lab/b'",
       v1::ERROR_REASON_REFERENCE_NOT_FOUND, "subject"},
      {"subject: 'lab/a' predicate: 'part_of' value { null_value: NULL_VALUE }",
       v1::ERROR_REASON_RANGE_VIOLATION, "value"},
      {"subject: 'lab/a' predicate: 'note' object: 'lab/b'",
       v1::ERROR_REASON_RANGE_VIOLATION, "object"},
      {"id: 'Not an id' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
       v1::ERROR_REASON_ID_MALFORMED, "id"},
      {"id: 's-mine' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
       v1::ERROR_REASON_ID_MALFORMED, "id"},
      {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' valid { start: '2021-13' }",
       v1::ERROR_REASON_DATE_MALFORMED, "valid.start"},
      {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' valid { end: 'x' }",
       v1::ERROR_REASON_DATE_MALFORMED, "valid.end"},
      {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
       "valid { start: '2022' end: '2021' }",
       v1::ERROR_REASON_VALID_TIME_REVERSED, "valid"},
      {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' valid { text: '\\001' }",
       v1::ERROR_REASON_TEXT_MALFORMED, "valid.text"},
      {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' visibility: 'a & & b'",
       v1::ERROR_REASON_VISIBILITY_MALFORMED, "visibility"},
      {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' rank: 9",
       v1::ERROR_REASON_FIELD_INVALID, "rank"},
      {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' assertion: 99",
       v1::ERROR_REASON_FIELD_INVALID, "assertion"},
  };
  for (const auto& test : cases) {
    EXPECT_THAT(
        Try(test.statement),
        FailsAt(test.reason, absl::StrCat("mutations[0].put_statement.", test.field)))
        << test.statement;
  }
}

TEST_F(StatementDraftTest, TheDerivedIdMayBeGiven) {
  const v1::Statement stored = Stored(
      "subject: 'lab/a' predicate: 'part_of' object: 'lab/b' valid { start: '2020' }");
  // An exported statement goes into an empty store as it is.
  TestGraph other(kCrimeSchema);
  other.PutEntities({"lab/a", "lab/b"});
  const v1::MutationResult result =
      other.Do(absl::StrCat("put_statement {", stored.DebugString(), "}"));
  EXPECT_EQ(result.outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(result.id(), stored.id());
}

TEST_F(StatementDraftTest, AnUpdateKeepsTheIdItWasMadeWith) {
  const v1::Statement stored = Stored(
      "subject: 'lab/a' predicate: 'part_of' object: 'lab/b' valid { start: '2020' }");
  const v1::MutationResult moved = graph_.Do(
      absl::StrCat("put_statement { id: '", stored.id(), "' subject: 'lab/a' ",
                   "predicate: 'part_of' object: 'lab/b' valid { start: '2019' } }"));
  EXPECT_EQ(moved.outcome(), v1::OUTCOME_UPDATED);
  EXPECT_EQ(graph_.Statement(stored.id()).valid().start(), "2019");
}

}  // namespace
}  // namespace labgraph::graph
