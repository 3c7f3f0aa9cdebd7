#include "server/graph/statement_rules.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/keys/keyspaces.h"
#include "server/keys/segment.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using testing::FailsWith;
using testing::TestGraph;

// Statements put one after another; the last one is the one judged.
struct RuleCase {
  const char* rule;
  std::vector<const char*> statements;
  v1::ErrorReason reason;  // UNSPECIFIED: it passes
  const char* field;
};

constexpr v1::ErrorReason kPasses = v1::ERROR_REASON_UNSPECIFIED;

const std::vector<RuleCase>& Cases() {
  static const auto& cases = *new std::vector<RuleCase>{
      {"a statement's subject, predicate and target never change",
       {"id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
        "id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b' rank: "
        "RANK_PREFERRED"},
       kPasses,
       ""},
      {"a statement's subject, predicate and target never change",
       {"id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
        "id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/c'"},
       v1::ERROR_REASON_STATEMENT_ID_IN_USE,
       "id"},
      {"a statement's subject, predicate and target never change",
       {"id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
        "id: 'x' subject: 'lab/a' predicate: 'works_with' object: 'lab/b'"},
       v1::ERROR_REASON_STATEMENT_ID_IN_USE,
       "id"},
      {"a statement's subject, predicate and target never change",
       {"id: 'x' subject: 'lab/a' predicate: 'note' value { string_value: 'one' }",
        "id: 'x' subject: 'lab/a' predicate: 'note' value { string_value: 'two' }"},
       v1::ERROR_REASON_STATEMENT_ID_IN_USE,
       "id"},
      {"a deprecated predicate takes no new statement",
       {"subject: 'lab/a' predicate: 'faxed' object: 'lab/b'"},
       v1::ERROR_REASON_DEPRECATED,
       "predicate"},
      {"the subject is of a kind in the domain",
       {"subject: 'team/t' predicate: 'part_of' object: 'lab/b'"},
       kPasses,
       ""},
      {"the subject is of a kind in the domain",
       {"subject: 'person/p' predicate: 'part_of' object: 'lab/b'"},
       v1::ERROR_REASON_DOMAIN_VIOLATION,
       "subject"},
      {"the object is of a kind in the range",
       {"subject: 'lab/a' predicate: 'part_of' object: 'person/p'"},
       v1::ERROR_REASON_RANGE_VIOLATION,
       "object"},
      {"the subject is of a kind in the domain",
       {"subject: 'person/p' predicate: 'leads' object: 'team/t'"},
       v1::ERROR_REASON_DOMAIN_VIOLATION,
       "object"},
      {"the value has the declared type",
       {"subject: 'lab/a' predicate: 'capacity' value { number_value: 6 }"},
       kPasses,
       ""},
      {"the value has the declared type",
       {"subject: 'lab/a' predicate: 'capacity' value { number_value: 6.5 }"},
       v1::ERROR_REASON_VALUE_TYPE_MISMATCH,
       "value"},
      {"the value has the declared type",
       {"subject: 'lab/a' predicate: 'status' value { string_value: 'ajar' }"},
       v1::ERROR_REASON_VALUE_TYPE_MISMATCH,
       "value"},
      {"the value has the declared type",
       {"id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
        "subject: 'document/d' predicate: 'corrects' value { string_value: 'x' }"},
       kPasses,
       ""},
      {"the value has the declared type",
       {"subject: 'document/d' predicate: 'corrects' value { string_value: 'x' }"},
       v1::ERROR_REASON_REFERENCE_NOT_FOUND,
       "value"},
      {"qualifiers are known, allowed and typed",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
        "qualifiers { key: 'weight' value { string_value: 'main' } }"},
       kPasses,
       ""},
      {"qualifiers are known, allowed and typed",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
        "qualifiers { key: 'wieght' value { string_value: 'main' } }"},
       v1::ERROR_REASON_QUALIFIER_UNKNOWN,
       "qualifiers[wieght]"},
      {"qualifiers are known, allowed and typed",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
        "qualifiers { key: 'unused' value { string_value: 'main' } }"},
       v1::ERROR_REASON_QUALIFIER_NOT_ALLOWED,
       "qualifiers[unused]"},
      {"qualifiers are known, allowed and typed",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
        "qualifiers { key: 'weight' value { string_value: 'heavy' } }"},
       v1::ERROR_REASON_VALUE_TYPE_MISMATCH,
       "qualifiers[weight]"},
      {"qualifiers are known, allowed and typed",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' "
        "qualifiers { key: 'based_on' value { string_value: 'none' } }"},
       v1::ERROR_REASON_REFERENCE_NOT_FOUND,
       "qualifiers[based_on]"},
      {"sources exist, and are there where required",
       {"subject: 'lab/a' predicate: 'uses' object: 'lab/b' "
        "sources { document: 'document/d' locator: 'p. 3' retrieved: '2024-05' "
        "asserted_by: 'lab/c' }"},
       kPasses,
       ""},
      {"sources exist, and are there where required",
       {"subject: 'lab/a' predicate: 'uses' object: 'lab/b'"},
       v1::ERROR_REASON_SOURCE_REQUIRED,
       "sources"},
      {"sources exist, and are there where required",
       {"subject: 'lab/a' predicate: 'uses' object: 'lab/b' sources {}"},
       v1::ERROR_REASON_FIELD_REQUIRED,
       "sources[0].document"},
      {"sources exist, and are there where required",
       {"subject: 'lab/a' predicate: 'uses' object: 'lab/b' "
        "sources { document: 'document/d' } sources { document: 'document/none' }"},
       v1::ERROR_REASON_REFERENCE_NOT_FOUND,
       "sources[1].document"},
      {"sources exist, and are there where required",
       {"subject: 'lab/a' predicate: 'uses' object: 'lab/b' "
        "sources { document: 'document/d' asserted_by: 'lab/none' }"},
       v1::ERROR_REASON_REFERENCE_NOT_FOUND,
       "sources[0].asserted_by"},
      {"sources exist, and are there where required",
       {"subject: 'lab/a' predicate: 'uses' object: 'lab/b' "
        "sources { document: 'document/d' retrieved: 'today' }"},
       v1::ERROR_REASON_DATE_MALFORMED,
       "sources[0].retrieved"},
      {"a functional predicate has one target at a time",
       {"subject: 'lab/a' predicate: 'led_by' object: 'person/p' valid { end: '2021' }",
        "subject: 'lab/a' predicate: 'led_by' object: 'person/q' valid { start: '2022' "
        "}"},
       kPasses,
       ""},
      {"a functional predicate has one target at a time",
       {"subject: 'lab/a' predicate: 'led_by' object: 'person/p'",
        "id: 'again' subject: 'lab/a' predicate: 'led_by' object: 'person/p'"},
       kPasses,
       ""},
      {"a functional predicate has one target at a time",
       {"subject: 'lab/a' predicate: 'led_by' object: 'person/p'",
        "subject: 'lab/a' predicate: 'led_by' object: 'person/q'"},
       v1::ERROR_REASON_FUNCTIONAL_CONFLICT,
       "object"},
      {"a functional predicate has one target at a time",
       {"subject: 'lab/a' predicate: 'led_by' object: 'person/p' "
        "valid { start: '2020' end: '..' }",
        "subject: 'person/q' predicate: 'leads' object: 'lab/a' "
        "valid { start: '2021' end: '2022' }"},
       v1::ERROR_REASON_FUNCTIONAL_CONFLICT,
       "subject"},
      {"a functional predicate has one target at a time",
       {"subject: 'lab/a' predicate: 'led_by' object: 'person/p'",
        "subject: 'lab/a' predicate: 'led_by' object: 'person/q' assertion: "
        "ASSERTION_DISPUTED"},
       kPasses,
       ""},
      {"a functional predicate has one target at a time",
       {"subject: 'lab/a' predicate: 'led_by' object: 'person/p' rank: RANK_DEPRECATED",
        "subject: 'lab/a' predicate: 'led_by' object: 'person/q'"},
       kPasses,
       ""},
      {"a functional predicate has one target at a time",
       {"subject: 'lab/a' predicate: 'capacity' value { number_value: 6 }",
        "subject: 'lab/a' predicate: 'capacity' value { number_value: 7 }"},
       v1::ERROR_REASON_FUNCTIONAL_CONFLICT,
       "value"},
      {"a functional predicate has one target at a time",
       {"subject: 'lab/a' predicate: 'capacity' value { number_value: 6 }",
        "id: 'again' subject: 'lab/a' predicate: 'capacity' value { number_value: 6 }"},
       kPasses,
       ""},
      {"a functional predicate has one target at a time",
       {"subject: 'person/p' predicate: 'married_to' object: 'person/q'",
        "subject: 'person/q' predicate: 'married_to' object: 'person/r'"},
       v1::ERROR_REASON_FUNCTIONAL_CONFLICT,
       "object"},
      {"a functional predicate has one target at a time",
       {"subject: 'person/q' predicate: 'married_to' object: 'person/r'",
        "subject: 'person/r' predicate: 'married_to' object: 'person/p'"},
       v1::ERROR_REASON_FUNCTIONAL_CONFLICT,
       "subject"},
      {"a functional predicate has one target at a time",
       {"subject: 'person/p' predicate: 'married_to' object: 'person/q'",
        "id: 'again' subject: 'person/q' predicate: 'married_to' object: 'person/p'"},
       kPasses,
       ""},
      {"an asymmetric predicate does not lead back",
       {"subject: 'person/p' predicate: 'reports_to' object: 'person/q'",
        "subject: 'person/q' predicate: 'reports_to' object: 'person/r'"},
       kPasses,
       ""},
      {"an asymmetric predicate does not lead back",
       {"subject: 'person/p' predicate: 'reports_to' object: 'person/q'",
        "subject: 'person/q' predicate: 'reports_to' object: 'person/p'"},
       v1::ERROR_REASON_ASYMMETRY_VIOLATION,
       "object"},
      {"an asymmetric predicate does not lead back",
       {"subject: 'person/p' predicate: 'reports_to' object: 'person/p'"},
       v1::ERROR_REASON_ASYMMETRY_VIOLATION,
       "object"},
      {"an asymmetric predicate does not lead back",
       {"subject: 'person/p' predicate: 'reports_to' object: 'person/q' "
        "assertion: ASSERTION_NEGATED",
        "subject: 'person/q' predicate: 'reports_to' object: 'person/p'"},
       kPasses,
       ""},
      {"an acyclic predicate has no cycle",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
        "subject: 'lab/a' predicate: 'part_of' object: 'lab/c'",
        "subject: 'lab/b' predicate: 'part_of' object: 'lab/c'"},
       kPasses,
       ""},
      {"an acyclic predicate has no cycle",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
        "subject: 'lab/b' predicate: 'part_of' object: 'lab/c'",
        "subject: 'lab/c' predicate: 'part_of' object: 'lab/a'"},
       v1::ERROR_REASON_CYCLE,
       "object"},
      {"an acyclic predicate has no cycle",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b'",
        "subject: 'lab/a' predicate: 'has_part' object: 'lab/b'"},
       v1::ERROR_REASON_CYCLE,
       "subject"},
      {"an acyclic predicate has no cycle",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/a'"},
       v1::ERROR_REASON_ASYMMETRY_VIOLATION,
       "object"},
      {"an acyclic predicate has no cycle",
       {"subject: 'lab/a' predicate: 'part_of' object: 'lab/b' assertion: "
        "ASSERTION_QUESTION",
        "subject: 'lab/b' predicate: 'part_of' object: 'lab/a'"},
       kPasses,
       ""},
  };
  return cases;
}

void PutEveryone(TestGraph& graph) {
  graph.PutEntities({"lab/a", "lab/b", "lab/c", "team/t", "person/p", "person/q",
                     "person/r", "document/d"});
}

std::string Put(absl::string_view statement) {
  return absl::StrCat("put_statement {", statement, "}");
}

TEST(StatementRulesTest, EachCase) {
  for (const RuleCase& test : Cases()) {
    TestGraph graph(kCrimeSchema);
    PutEveryone(graph);
    for (size_t i = 0; i + 1 < test.statements.size(); ++i)
      graph.Do(Put(test.statements[i]));
    const absl::Status status = graph.Try(Put(test.statements.back()));
    if (test.reason == kPasses) {
      EXPECT_OK(status) << test.statements.back();
    } else {
      EXPECT_THAT(status, FailsAt(test.reason, absl::StrCat("mutations[0].put_statement.",
                                                            test.field)))
          << test.statements.back();
    }
    EXPECT_THAT(graph.Verify(), ::testing::IsEmpty());
  }
}

TEST(StatementRulesTest, EveryRuleHasACaseThatFails) {
  std::set<std::string> failing;
  for (const RuleCase& test : Cases()) {
    if (test.reason != kPasses) failing.insert(test.rule);
  }
  for (const StatementRule& rule : StatementRules()) {
    EXPECT_EQ(failing.erase(rule.name), 1u) << rule.name;
  }
  EXPECT_THAT(failing, ::testing::IsEmpty()) << "cases of rules that do not exist";
}

TEST(StatementRulesTest, ErrorsSayWhatStandsInTheWay) {
  TestGraph graph(kCrimeSchema);
  PutEveryone(graph);
  graph.Do(Put("id: 'first' subject: 'lab/a' predicate: 'led_by' object: 'person/p'"));
  EXPECT_EQ(
      MetaOf(graph.Try(Put("subject: 'lab/a' predicate: 'led_by' object: 'person/q'")),
             "statement"),
      "first");
  graph.Do(Put("subject: 'lab/a' predicate: 'part_of' object: 'lab/b'"));
  graph.Do(Put("subject: 'lab/b' predicate: 'part_of' object: 'lab/c'"));
  EXPECT_EQ(
      MetaOf(graph.Try(Put("subject: 'lab/c' predicate: 'part_of' object: 'lab/a'")),
             "path"),
      "lab/c,lab/a,lab/b,lab/c");
}

TEST(StatementRulesTest, AnUpdateDoesNotClashWithItself) {
  TestGraph graph(kCrimeSchema);
  PutEveryone(graph);
  for (const char* const update :
       {"subject: 'lab/a' predicate: 'led_by' object: 'person/p'",
        "subject: 'person/p' predicate: 'married_to' object: 'person/q'",
        "subject: 'person/p' predicate: 'reports_to' object: 'person/q'",
        "subject: 'lab/a' predicate: 'part_of' object: 'lab/b'"}) {
    graph.Do(Put(update));
    EXPECT_EQ(graph.Do(Put(absl::StrCat(update, " rank: RANK_PREFERRED"))).outcome(),
              v1::OUTCOME_UPDATED);
  }
}

TEST(StatementRulesTest, AnUpdateMayNotMakeAClaimThatClashes) {
  TestGraph graph(kCrimeSchema);
  PutEveryone(graph);
  graph.Do(Put("subject: 'lab/a' predicate: 'led_by' object: 'person/p'"));
  const char* const second = "subject: 'lab/a' predicate: 'led_by' object: 'person/q'";
  graph.Do(Put(absl::StrCat(second, " assertion: ASSERTION_DISPUTED")));
  EXPECT_THAT(graph.Try(Put(second)), FailsWith(v1::ERROR_REASON_FUNCTIONAL_CONFLICT));
}

TEST(StatementRulesTest, AReferenceMayOutliveTheStatementItNames) {
  TestGraph graph(kCrimeSchema);
  PutEveryone(graph);
  graph.Do(Put("id: 'x' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'"));
  const char* const correction =
      "subject: 'document/d' predicate: 'corrects' value { string_value: 'x' }";
  const char* const based =
      "subject: 'lab/a' predicate: 'part_of' object: 'lab/c' "
      "qualifiers { key: 'based_on' value { string_value: 'x' } }";
  graph.Do(Put(correction));
  graph.Do(Put(based));
  graph.Do("retract_statement { id: 'x' }");
  EXPECT_EQ(graph.Do(Put(correction)).outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(graph.Do(Put(absl::StrCat(based, " rank: RANK_PREFERRED"))).outcome(),
            v1::OUTCOME_UPDATED);
  EXPECT_THAT(graph.Verify(), ::testing::IsEmpty());
  EXPECT_THAT(
      graph.Try(Put("id: 'new' subject: 'lab/a' predicate: 'part_of' object: 'lab/c' "
                    "qualifiers { key: 'based_on' value { string_value: 'x' } }")),
      FailsWith(v1::ERROR_REASON_REFERENCE_NOT_FOUND));
}

TEST(StatementRulesTest, ACycleCheckLooksAtALimitedNumberOfStatements) {
  TestGraph graph(kCrimeSchema);
  PutEveryone(graph);
  graph.Do(Put("subject: 'lab/b' predicate: 'part_of' object: 'lab/c'"));
  std::unique_ptr<View> view = graph.Read();
  const keys::EntityNumber b = view->records().ResolveEntity("lab/b", "").value();
  const schema::PredicateNumber part_of =
      view->ontology().FindPredicate("part_of").predicate->number;
  view.reset();
  // Edges from lab/b to itself lead nowhere, so that only their number counts.
  const auto write = [&](uint64_t count) {
    kv::Batch batch;
    for (uint64_t at = 1; at <= count; at += keys::kSegmentEdges) {
      std::vector<keys::Edge> edges;
      for (uint64_t i = at; i < at + keys::kSegmentEdges && i <= count; ++i) {
        edges.push_back({b, 1000 + i, 1, 1});
      }
      batch.Put(keys::kOut, keys::EdgeKey{b, part_of, b, 1000 + at}.Encode(),
                keys::EncodeSegment(edges));
    }
    ASSERT_OK(graph.store().Write(batch));
    graph.Reopen();
  };
  const std::string question =
      Put("subject: 'lab/a' predicate: 'part_of' object: 'lab/b'");
  write(limits::kCycleCheck.value - 1);  // and the one to lab/c
  EXPECT_OK(graph.Try(question));
  write(limits::kCycleCheck.value);
  EXPECT_THAT(
      graph.Try(Put("id: 'y' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'")),
      FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "mutations[0].put_statement.object"));
}

}  // namespace
}  // namespace labgraph::graph
