// Whatever is wrong with a write is refused with a reason and the field's path, and
// leaves no trace.

#include <string>
#include <vector>

#include "tests/conformance/served_graph.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::conformance {
namespace {

using ::labgraph::testing::FailsAt;

class BadWrites : public ServedGraph {};

struct Case {
  const char* mutation;
  v1::ErrorReason reason;
  const char* field;  // below "mutations[0]."
};

const Case kCases[] = {
    {"put_entity { id: \"lab\" }", v1::ERROR_REASON_ID_MALFORMED, "put_entity.id"},
    {"put_entity { id: \"lab/A B\" }", v1::ERROR_REASON_ID_MALFORMED, "put_entity.id"},
    {"put_entity { }", v1::ERROR_REASON_FIELD_REQUIRED, "put_entity.id"},
    {"put_entity { id: \"lob/x\" }", v1::ERROR_REASON_KIND_UNKNOWN, "put_entity.id"},
    {"put_entity { id: \"thing/x\" }", v1::ERROR_REASON_KIND_ABSTRACT, "put_entity.id"},
    {"put_entity { id: \"lab/x\" names { key: \"EN\" value: \"x\" } }",
     v1::ERROR_REASON_LANGUAGE_MALFORMED, "put_entity.names[EN]"},
    {"put_entity { id: \"lab/x\" names { key: \"en\" value: \"a\\001b\" } }",
     v1::ERROR_REASON_TEXT_MALFORMED, "put_entity.names[en]"},
    {"put_entity { id: \"lab/x\" visibility: \"a & & b\" }",
     v1::ERROR_REASON_VISIBILITY_MALFORMED, "put_entity.visibility"},
    {"put_entity { id: \"lab/x\" sources { document: \"doc/none\" } }",
     v1::ERROR_REASON_REFERENCE_NOT_FOUND, "put_entity.sources[0].document"},
    {"put_statement { predicate: \"targets\" object: \"topic/t1\" }",
     v1::ERROR_REASON_FIELD_REQUIRED, "put_statement.subject"},
    {"put_statement { subject: \"lab/a\" object: \"topic/t1\" }",
     v1::ERROR_REASON_FIELD_REQUIRED, "put_statement.predicate"},
    {"put_statement { subject: \"lab/a\" predicate: \"targets\" }",
     v1::ERROR_REASON_FIELD_REQUIRED, "put_statement.object"},
    {"put_statement { subject: \"lab/a\" predicate: \"target\" object: \"topic/t1\" }",
     v1::ERROR_REASON_PREDICATE_UNKNOWN, "put_statement.predicate"},
    {"put_statement { subject: \"topic/t1\" predicate: \"targets\" object: \"topic/t1\" "
     "}",
     v1::ERROR_REASON_DOMAIN_VIOLATION, "put_statement.subject"},
    {"put_statement { subject: \"lab/a\" predicate: \"targets\" object: \"lab/b\" }",
     v1::ERROR_REASON_RANGE_VIOLATION, "put_statement.object"},
    {"put_statement { subject: \"lab/b\" predicate: \"targeted_by\" object: \"lab/a\" }",
     v1::ERROR_REASON_RANGE_VIOLATION, "put_statement.subject"},
    {"put_statement { subject: \"lab/a\" predicate: \"size\" object: \"lab/b\" }",
     v1::ERROR_REASON_RANGE_VIOLATION, "put_statement.object"},
    {"put_statement { subject: \"lab/a\" predicate: \"size\" value { string_value: \"6\" "
     "} }",
     v1::ERROR_REASON_VALUE_TYPE_MISMATCH, "put_statement.value"},
    {"put_statement { subject: \"lab/a\" predicate: \"targets\" object: \"topic/none\" }",
     v1::ERROR_REASON_REFERENCE_NOT_FOUND, "put_statement.object"},
    {"put_statement { subject: \"lab/b\" predicate: \"targets\" object: \"topic/t1\""
     "  valid { start: \"2021-13\" } }",
     v1::ERROR_REASON_DATE_MALFORMED, "put_statement.valid.start"},
    {"put_statement { subject: \"lab/b\" predicate: \"targets\" object: \"topic/t1\""
     "  valid { start: \"2022\" end: \"2021\" } }",
     v1::ERROR_REASON_VALID_TIME_REVERSED, "put_statement.valid"},
    {"put_statement { subject: \"lab/b\" predicate: \"merged_into\" object: \"lab/b\""
     "  sources { document: \"doc/d\" } }",
     v1::ERROR_REASON_ASYMMETRY_VIOLATION, "put_statement.object"},
    {"put_statement { subject: \"lab/b\" predicate: \"merged_into\" object: \"lab/a\""
     "  sources { document: \"doc/d\" } }",
     v1::ERROR_REASON_ASYMMETRY_VIOLATION, "put_statement.object"},
    {"put_statement { subject: \"topic/t2\" predicate: \"narrower_than\" object: "
     "\"topic/t1\" }",
     v1::ERROR_REASON_CYCLE, "put_statement.object"},
    {"put_statement { subject: \"lab/b\" predicate: \"merged_into\" object: \"lab/a\" }",
     v1::ERROR_REASON_SOURCE_REQUIRED, "put_statement.sources"},
    {"put_statement { subject: \"lab/a\" predicate: \"targets\" object: \"topic/t1\""
     "  qualifiers { key: \"nots\" value { string_value: \"x\" } } }",
     v1::ERROR_REASON_QUALIFIER_UNKNOWN, "put_statement.qualifiers[nots]"},
    {"put_statement { subject: \"lab/a\" predicate: \"targets\" object: \"topic/t1\""
     "  qualifiers { key: \"unused\" value { string_value: \"x\" } } }",
     v1::ERROR_REASON_QUALIFIER_NOT_ALLOWED, "put_statement.qualifiers[unused]"},
    {"put_statement { id: \"merger\" subject: \"lab/a\" predicate: \"targets\""
     "  object: \"topic/t1\" }",
     v1::ERROR_REASON_STATEMENT_ID_IN_USE, "put_statement.id"},
    {"put_statement { subject: \"lab/a\" predicate: \"targets\" object: \"topic/t1\" "
     "rank: 9 }",
     v1::ERROR_REASON_FIELD_INVALID, "put_statement.rank"},
    {"delete_entity { id: \"lab/a\" }", v1::ERROR_REASON_ENTITY_IN_USE,
     "delete_entity.id"},
    {"retract_statement { id: \"a b\" }", v1::ERROR_REASON_ID_MALFORMED,
     "retract_statement.id"},
};

TEST_P(BadWrites, AreRefusedAtTheirField) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.mutation);
    const std::string text = std::string("mutations { ") + c.mutation + " }";
    EXPECT_THAT(Commit(text), FailsAt(c.reason, std::string("mutations[0].") + c.field));
    // Only to be validated, the same is found.
    const auto validated = Commit(text + " validate_only: true");
    ASSERT_OK(validated);
    ASSERT_EQ(validated->problems_size(), 1);
    EXPECT_EQ(validated->problems(0).reason(), ReasonName(c.reason));
    EXPECT_EQ(validated->problems(0).field(), std::string("mutations[0].") + c.field);
  }
  ASSERT_OK_AND_ASSIGN(const auto info, connection().GetServerInfo({}));
  EXPECT_EQ(info.head_revision(), kFactsRevision);
}

TEST_P(BadWrites, AFunctionalPredicateHasOneTargetAtATime) {
  ASSERT_OK(Commit(R"pb(mutations { put_entity { id: "lab/c" } })pb"));
  const std::string merger = R"pb(mutations {
                                    put_statement {
                                      subject: "lab/a"
                                      predicate: "merged_into"
                                      object: "lab/c"
                                      valid { start: "2024" end: ".." }
                                      sources { document: "doc/d" }
                                    }
                                  })pb";
  EXPECT_THAT(Commit(merger), FailsAt(v1::ERROR_REASON_FUNCTIONAL_CONFLICT,
                                      "mutations[0].put_statement.object"));
}

TEST_P(BadWrites, OneMistakeUndoesTheWholeCommit) {
  EXPECT_THAT(Commit(R"pb(mutations { put_entity { id: "lab/new" } }
                          mutations { put_entity { id: "lob/new" } })pb"),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "mutations[1].put_entity.id"));
  EXPECT_THAT(connection().GetEntity(Parse<v1::GetEntityRequest>("id: \"lab/new\"")),
              FailsAt(v1::ERROR_REASON_ENTITY_NOT_FOUND, "id"));
}

TEST_P(BadWrites, ACommitNamesARecordOnce) {
  EXPECT_THAT(
      Commit(R"pb(mutations { put_entity { id: "lab/new" } }
                  mutations { put_entity { id: "lab/new" placeholder: true } })pb"),
      FailsAt(v1::ERROR_REASON_DUPLICATE_IN_COMMIT, "mutations[1].put_entity.id"));
}

TEST_P(BadWrites, ARetryGetsTheFirstAnswerAndAReuseIsRefused) {
  const std::string request = R"pb(request_id: "r1"
                                   mutations { put_entity { id: "lab/new" } })pb";
  ASSERT_OK_AND_ASSIGN(const auto first, Commit(request));
  ASSERT_OK_AND_ASSIGN(const auto again, Commit(request));
  EXPECT_FALSE(first.replayed());
  EXPECT_TRUE(again.replayed());
  EXPECT_EQ(again.revision(), first.revision());
  EXPECT_EQ(again.results(0).outcome(), v1::OUTCOME_CREATED);
  EXPECT_THAT(Commit(R"pb(request_id: "r1"
                          mutations { put_entity { id: "lab/other" } })pb"),
              FailsAt(v1::ERROR_REASON_REQUEST_ID_REUSED, "request_id"));
}

INSTANTIATE_TEST_SUITE_P(Stores, BadWrites, ::testing::Bool());

}  // namespace
}  // namespace labgraph::conformance
