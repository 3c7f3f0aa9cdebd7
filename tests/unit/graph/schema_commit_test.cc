#include "server/graph/schema_commit.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/testing/faulty_store.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using ::testing::ElementsAre;
using testing::FailsAt;
using testing::FailsWith;
using testing::FaultyStore;
using ::testing::IsEmpty;
using testing::TestGraph;

class SchemaCommitTest : public ::testing::Test {
 protected:
  SchemaCommitTest() {
    graph_.PutEntities({"lab/a", "lab/b", "lab/c", "team/t", "person/p", "person/q"});
  }
  void Put(absl::string_view statement) {
    graph_.Do(absl::StrCat("put_statement {", statement, "}"));
  }
  // What a change would break, as "REASON field".
  std::vector<std::string> Broken(absl::string_view request) {
    const auto response =
        graph_.ApplySchema(absl::StrCat(request, " validate_only: true"));
    EXPECT_OK(response);
    std::vector<std::string> problems;
    for (const v1::Problem& problem : response->problems()) {
      problems.push_back(absl::StrCat(problem.reason(), " ", problem.field()));
    }
    return problems;
  }

  TestGraph graph_{kCrimeSchema};
};

TEST_F(SchemaCommitTest, AChangeIsARevisionWithItsDifferences) {
  const auto response = graph_.ApplySchema(
      "schema { kinds { name: 'car' } predicates { name: 'note' value_type: "
      "VALUE_TYPE_STRING labels { key: 'en' value: 'note' } } } remove_qualifiers: "
      "'unused'");
  ASSERT_OK(response);
  EXPECT_EQ(response->revision(), 3u);
  std::vector<std::string> differences;
  for (const v1::SchemaDifference& difference : response->differences()) {
    differences.push_back(absl::StrCat(v1::Outcome_Name(difference.outcome()), " ",
                                       difference.type(), " ", difference.name()));
  }
  EXPECT_THAT(differences,
              ElementsAre("OUTCOME_CREATED kind car", "OUTCOME_UPDATED predicate note",
                          "OUTCOME_RETRACTED qualifier unused"));
  graph_.PutEntities({"car/x"});
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(SchemaCommitTest, TheSameSchemaMakesNoRevision) {
  const auto response = graph_.ApplySchema(absl::StrCat("schema {", kCrimeSchema, "}"));
  ASSERT_OK(response);
  EXPECT_EQ(response->revision(), 2u);
  EXPECT_THAT(response->differences(), IsEmpty());
}

TEST_F(SchemaCommitTest, ValidateOnlyChangesNothing) {
  const auto response =
      graph_.ApplySchema("schema { kinds { name: 'car' } } validate_only: true");
  ASSERT_OK(response);
  EXPECT_EQ(response->differences_size(), 1);
  EXPECT_EQ(response->revision(), 2u);
  EXPECT_THAT(graph_.Try("put_entity { id: 'car/x' }"),
              FailsWith(v1::ERROR_REASON_KIND_UNKNOWN));
}

TEST_F(SchemaCommitTest, ErrorsAreAtTheRequestsOwnPlace) {
  EXPECT_THAT(graph_.ApplySchema("schema { predicates { name: 'zz_first' } "
                                 "predicates { name: 'aa_second' domain: 'none' } }"),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "schema.predicates[1].domain[0]"));
  EXPECT_THAT(
      graph_.ApplySchema("schema { kinds { name: 'car' } kinds { name: 'Bad' } }"),
      FailsAt(v1::ERROR_REASON_FIELD_INVALID, "schema.kinds[1].name"));
  EXPECT_THAT(graph_.ApplySchema("remove_kinds: 'person'"),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "remove_kinds[0]"))
      << "the definitions that still name it are not in the request";
  EXPECT_THAT(graph_.ApplySchema("remove_predicates: 'none'"),
              FailsAt(v1::ERROR_REASON_PREDICATE_UNKNOWN, "remove_predicates[0]"));
}

// --- Facts that would break ---------------------------------------------------

TEST_F(SchemaCommitTest, BreakingFactsAreListedAndRefused) {
  Put("id: 'x' subject: 'team/t' predicate: 'part_of' object: 'lab/b'");
  Put("id: 'y' subject: 'lab/a' predicate: 'part_of' object: 'lab/b'");
  const char* const narrower =
      "schema { predicates { name: 'part_of' domain: 'lab' range: 'organisation' "
      "inverse: 'has_part' acyclic: true qualifiers: 'weight' qualifiers: 'based_on' } }";
  EXPECT_THAT(Broken(narrower), ElementsAre("DOMAIN_VIOLATION x.subject"));
  const auto refused = graph_.ApplySchema(narrower);
  EXPECT_THAT(refused, FailsAt(v1::ERROR_REASON_SCHEMA_BREAKS_FACTS, "schema"));
  EXPECT_EQ(MetaOf(refused.status(), "count"), "1");
  EXPECT_EQ(graph_.head(), 4u);
  graph_.Do("retract_statement { id: 'x' }");
  EXPECT_OK(graph_.ApplySchema(narrower));
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(SchemaCommitTest, EverySortOfBreakIsSeen) {
  Put("id: 'note' subject: 'lab/a' predicate: 'note' value { string_value: 'n' }");
  Put("id: 'two' subject: 'lab/a' predicate: 'works_with' object: 'lab/b'");
  Put("id: 'three' subject: 'lab/a' predicate: 'works_with' object: 'lab/c'");
  Put("id: 'part' subject: 'lab/c' predicate: 'part_of' object: 'lab/b' "
      "qualifiers { key: 'weight' value { string_value: 'main' } }");
  const struct {
    const char* request;
    std::vector<std::string> problems;
  } cases[] = {
      {"schema { predicates { name: 'note' value_type: VALUE_TYPE_INTEGER } }",
       {"VALUE_TYPE_MISMATCH note.value"}},
      {"schema { predicates { name: 'note' } }", {"RANGE_VIOLATION note.value"}},
      {"schema { predicates { name: 'note' value_type: VALUE_TYPE_STRING "
       "source_required: true } }",
       {"SOURCE_REQUIRED note.sources"}},
      {"schema { predicates { name: 'works_with' functional: true } }",
       {"FUNCTIONAL_CONFLICT two.object", "FUNCTIONAL_CONFLICT three.object"}},
      {"schema { predicates { name: 'part_of' symmetric: true qualifiers: 'weight' } }",
       {"STATEMENT_ID_IN_USE part.id"}},
      {"schema { predicates { name: 'part_of' } }",
       {"QUALIFIER_NOT_ALLOWED part.qualifiers[weight]"}},
      {"schema { qualifiers { name: 'weight' value_type: VALUE_TYPE_NUMBER } }",
       {"VALUE_TYPE_MISMATCH part.qualifiers[weight]"}},
      {"remove_predicates: 'note'", {"SCHEMA_BREAKS_FACTS remove_predicates[0]"}},
      {"schema { kinds { name: 'team' parent: 'organisation' abstract: true } }",
       {"KIND_ABSTRACT team"}},
      {"schema { kinds { name: 'lab' } }",
       {"DOMAIN_VIOLATION part.subject", "DOMAIN_VIOLATION two.subject",
        "DOMAIN_VIOLATION three.subject"}},
      {"schema { predicates { name: 'memo' renamed_from: 'note' value_type: "
       "VALUE_TYPE_INTEGER } }",
       {"VALUE_TYPE_MISMATCH note.value"}},
      {"schema { predicates { name: 'note' value_type: VALUE_TYPE_STRING "
       "deprecated: true } }",
       {}},
  };
  for (const auto& test : cases) {
    EXPECT_THAT(Broken(test.request), ::testing::ElementsAreArray(test.problems))
        << test.request;
  }
}

TEST_F(SchemaCommitTest, AKindInUseCannotGo) {
  ASSERT_OK(graph_.ApplySchema("schema { kinds { name: 'car' } }"));
  graph_.PutEntities({"car/x"});
  EXPECT_THAT(Broken("remove_kinds: 'car'"),
              ElementsAre("SCHEMA_BREAKS_FACTS remove_kinds[0]"));
  EXPECT_THAT(graph_.ApplySchema("remove_kinds: 'car'"),
              FailsAt(v1::ERROR_REASON_SCHEMA_BREAKS_FACTS, "remove_kinds[0]"));
  graph_.Do("delete_entity { id: 'car/x' }");
  EXPECT_OK(graph_.ApplySchema("remove_kinds: 'car'"));
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(SchemaCommitTest, APredicateInUseCannotGoAndTellsHowMuchItIs) {
  for (const char* const lab : {"lab/a", "lab/b", "lab/c"}) {
    Put(absl::StrCat("subject: '", lab, "' predicate: 'note' value {string_value: 'n'}"));
  }
  const char* const change = "remove_predicates: 'status' remove_predicates: 'note'";
  EXPECT_THAT(Broken(change), ElementsAre("SCHEMA_BREAKS_FACTS remove_predicates[1]"));
  const absl::Status refused = graph_.ApplySchema(change).status();
  EXPECT_THAT(refused,
              FailsAt(v1::ERROR_REASON_SCHEMA_BREAKS_FACTS, "remove_predicates[1]"));
  EXPECT_EQ(MetaOf(refused, "count"), "3");
}

TEST_F(SchemaCommitTest, ADefinitionThatIsStillNamedCannotGo) {
  const absl::Status kind = graph_.ApplySchema("remove_kinds: 'lab'").status();
  EXPECT_THAT(kind, FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "remove_kinds[0]"));
  EXPECT_EQ(kind.message(),
            "The kind \"lab\" is still named by predicate \"capacity\"; change that or "
            "remove it too.");
  EXPECT_THAT(
      graph_.ApplySchema("remove_qualifiers: 'unused' remove_qualifiers: 'weight'"),
      FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "remove_qualifiers[1]"));
  EXPECT_THAT(graph_.ApplySchema("remove_kinds: 'fax' schema { kinds { name: 'a' parent: "
                                 "'fax' } }"),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "schema.kinds[0].parent"));
}

TEST(SchemaTextsTest, ChangedTextsLeaveTheFactsAlone) {
  auto owned = std::make_unique<FaultyStore>(kv::NewMemoryStore(keys::Names().size()));
  FaultyStore* store = owned.get();
  TestGraph graph(std::move(owned), kCrimeSchema);
  graph.PutEntities({"lab/a"});
  graph.Do(
      "put_statement { subject: 'lab/a' predicate: 'note' value { string_value: 'n' } }");
  store->FailCursors(keys::kPredicateIndex);  // where statements are looked up
  EXPECT_OK(graph.ApplySchema(
      "schema { kinds { name: 'lab' parent: 'organisation' labels { key: 'en' value: 'L' "
      "} } predicates { name: 'note' value_type: VALUE_TYPE_STRING descriptions { key: "
      "'en' value: 'N' } } qualifiers { name: 'unused' labels { key: 'en' value: 'U' } } "
      "}"));
  EXPECT_THAT(graph.ApplySchema("schema { kinds { name: 'lab' } }"),
              FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
}

TEST_F(SchemaCommitTest, ALimitedNumberOfProblemsIsListed) {
  v1::CommitRequest request;
  const uint64_t limit = limits::kProblems.value;
  for (uint64_t i = 0; i <= limit; ++i) {
    v1::Statement* statement = request.add_mutations()->mutable_put_statement();
    statement->set_subject("lab/a");
    statement->set_predicate("note");
    statement->mutable_value()->set_string_value(absl::StrCat(i));
  }
  ASSERT_OK(graph_.graph().Commit(request));
  const char* const change =
      "schema { predicates { name: 'note' value_type: VALUE_TYPE_INTEGER } }";
  EXPECT_EQ(Broken(change).size(), limit);
  EXPECT_EQ(MetaOf(graph_.ApplySchema(change).status(), "count"),
            absl::StrCat(limit + 1));
}

// --- Names over time ----------------------------------------------------------

TEST_F(SchemaCommitTest, ARenamedPredicateKeepsItsStatements) {
  Put("subject: 'lab/a' predicate: 'uses' object: 'lab/b' sources { document: 'lab/c' }");
  const std::string id = graph_.Read()->StatementId(1).value();
  const uint64_t before = graph_.head();
  ASSERT_OK(
      graph_.ApplySchema("schema { predicates { name: 'employs' renamed_from: 'uses' "
                         "source_required: true } }"));
  EXPECT_EQ(graph_.Statement(id).predicate(), "employs");
  EXPECT_EQ(graph_.Statement(id, absl::StrCat("revision: ", before)).predicate(), "uses");
  for (const char* const name : {"uses", "employs"}) {
    const v1::MutationResult result =
        graph_.Do(absl::StrCat("put_statement { subject: 'lab/a' predicate: '", name,
                               "' object: 'lab/b' sources { document: 'lab/c' } }"));
    EXPECT_EQ(result.id(), id) << name;
    EXPECT_EQ(graph_.Statement(id).predicate(), "employs");
  }
  EXPECT_EQ(graph_.graph().head()->state.statements, 1u);
  EXPECT_THAT(graph_.Verify(), IsEmpty());
  graph_.Reopen();
  EXPECT_EQ(graph_.Statement(id).predicate(), "employs");
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(SchemaCommitTest, AnOldRevisionReadsItsOwnSchema) {
  ASSERT_OK(graph_.ApplySchema("schema { kinds { name: 'car' } }"));
  ASSERT_OK(graph_.ApplySchema("remove_kinds: 'car'"));
  for (int round = 0; round < 2; ++round) {
    const auto has_car = [&](uint64_t revision) {
      return graph_.Read(absl::StrCat("revision: ", revision))
                 ->ontology()
                 .FindKind("car") != nullptr;
    };
    EXPECT_FALSE(has_car(0));
    EXPECT_FALSE(has_car(2));
    EXPECT_TRUE(has_car(3));
    EXPECT_FALSE(has_car(4));
    EXPECT_EQ(graph_.Read("revision: 0")->ontology().definitions().kinds_size(), 0);
    graph_.Reopen();
  }
}

TEST_F(SchemaCommitTest, AnInverseThatBecameAnotherPredicateIsStillOneInThePast) {
  Put("id: 'led' subject: 'lab/a' predicate: 'led_by' object: 'person/p'");
  const std::string before = absl::StrCat("revision: ", graph_.head());
  ASSERT_OK(graph_.ApplySchema(
      "schema { predicates { name: 'led_by' domain: 'lab' range: 'person' } "
      "predicates { name: 'leads' renamed_from: 'works_with' } }"));
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(graph_.Read(before)->ontology().FindPredicate("leads").inverse);
    EXPECT_FALSE(graph_.Read()->ontology().FindPredicate("leads").inverse);
    EXPECT_THAT(graph_.Verify(), IsEmpty());
    graph_.Reopen();
  }
  ASSERT_OK(graph_.graph().CompactHistory(2));
  EXPECT_THAT(graph_.Verify(), IsEmpty());
}

TEST_F(SchemaCommitTest, AFormerSchemaIsReadOnceAndKeptWhileItCanBeAskedFor) {
  ASSERT_OK(graph_.ApplySchema("schema { kinds { name: 'car' } }"));
  const std::weak_ptr<const schema::Ontology> former =
      graph_.Read("revision: 2")->records().shared_ontology();
  kv::Batch damage;
  damage.Put(keys::kSchema, keys::SchemaVersionKey(1), "?");
  ASSERT_OK(graph_.store().Write(damage));
  graph_.PutEntities({"car/x"});
  EXPECT_EQ(graph_.Read("revision: 2")->records().shared_ontology(), former.lock());
  ASSERT_OK(graph_.graph().CompactHistory(2));
  EXPECT_FALSE(former.expired());
  ASSERT_OK(graph_.graph().CompactHistory(3));
  EXPECT_TRUE(former.expired());
}

TEST_F(SchemaCommitTest, NumbersAreNotUsedAgain) {
  ASSERT_OK(graph_.ApplySchema("schema { kinds { name: 'car' } }"));
  const auto number = [&](const char* kind) {
    return graph_.Read()->ontology().FindKind(kind)->number;
  };
  const schema::KindNumber car = number("car");
  ASSERT_OK(graph_.ApplySchema("remove_kinds: 'car' schema { kinds { name: 'boat' } }"));
  EXPECT_NE(number("boat"), car);
  graph_.Reopen();
  ASSERT_OK(
      graph_.ApplySchema("schema { kinds { name: 'car' } kinds { name: 'plane' } }"));
  EXPECT_EQ(number("car"), car);
  EXPECT_GT(number("plane"), number("boat"));
}

}  // namespace
}  // namespace labgraph::graph
