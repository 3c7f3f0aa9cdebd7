#include "server/schema/schema_change.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/schema/ontology.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::schema {
namespace {

using ::labgraph::testing::FailsAt;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kBase[] = R"pb(
  kinds {
    name: "lab"
    labels { key: "nl" value: "lab" }
    labels { key: "en" value: "lab" }
  }
  kinds { name: "place" }
  predicates { name: "in" range: "place" }
  predicates { name: "of" }
  qualifiers { name: "weight" }
)pb";

absl::StatusOr<SchemaChange> Apply(absl::string_view request) {
  return ApplyChange(ParseText<v1::Schema>(kBase),
                     ParseText<v1::ApplySchemaRequest>(request));
}

// "CREATED kind lab" and so on.
std::vector<std::string> Differences(const SchemaChange& change) {
  std::vector<std::string> lines;
  for (const v1::SchemaDifference& difference : change.differences) {
    lines.push_back(absl::StrCat(v1::Outcome_Name(difference.outcome()).substr(8), " ",
                                 difference.type(), " ", difference.name()));
  }
  return lines;
}

// Names of all definitions, in order.
std::vector<std::string> Names(const v1::Schema& schema) {
  std::vector<std::string> names;
  for (const v1::Kind& kind : schema.kinds()) names.push_back(kind.name());
  for (const v1::Predicate& predicate : schema.predicates())
    names.push_back(predicate.name());
  for (const v1::Qualifier& qualifier : schema.qualifiers())
    names.push_back(qualifier.name());
  return names;
}

TEST(ApplyChangeTest, NothingGivenChangesNothing) {
  ASSERT_OK_AND_ASSIGN(const SchemaChange change, Apply(""));
  EXPECT_THAT(change.differences, IsEmpty());
  EXPECT_THAT(Names(change.schema), ElementsAre("lab", "place", "in", "of", "weight"));
}

TEST(ApplyChangeTest, TheSameSchemaChangesNothing) {
  v1::ApplySchemaRequest request;
  *request.mutable_schema() = ParseText<v1::Schema>(kBase);
  ASSERT_OK_AND_ASSIGN(const SchemaChange change,
                       ApplyChange(ParseText<v1::Schema>(kBase), request));
  EXPECT_THAT(change.differences, IsEmpty());
}

TEST(ApplyChangeTest, TheOrderOfLabelsIsNoDifference) {
  ASSERT_OK_AND_ASSIGN(const SchemaChange change,
                       Apply(R"pb(schema {
                                    kinds {
                                      name: "lab"
                                      labels { key: "en" value: "lab" }
                                      labels { key: "nl" value: "lab" }
                                    }
                                  })pb"));
  EXPECT_THAT(change.differences, IsEmpty());
}

TEST(ApplyChangeTest, AddsReplacesAndRemoves) {
  ASSERT_OK_AND_ASSIGN(const SchemaChange change, Apply(R"pb(
                         schema {
                           qualifiers { name: "number" value_type: VALUE_TYPE_NUMBER }
                           predicates { name: "in" functional: true }
                           kinds { name: "team" }
                           kinds { name: "agent" }
                           kinds { name: "place" }
                         }
                         remove_kinds: "lab"
                         remove_predicates: "of"
                         remove_qualifiers: "weight"
                       )pb"));
  EXPECT_THAT(Differences(change),
              ElementsAre("CREATED kind agent", "RETRACTED kind lab", "CREATED kind team",
                          "UPDATED predicate in", "RETRACTED predicate of",
                          "CREATED qualifier number", "RETRACTED qualifier weight"));
  EXPECT_THAT(Names(change.schema),
              ElementsAre("agent", "place", "team", "in", "number"));
  // A definition is replaced as a whole.
  EXPECT_TRUE(change.schema.predicates(0).functional());
  EXPECT_THAT(change.schema.predicates(0).range(), IsEmpty());
}

TEST(ApplyChangeTest, ARenamedPredicateTakesThePlaceOfTheOld) {
  ASSERT_OK_AND_ASSIGN(
      const SchemaChange change,
      Apply(R"pb(schema { predicates { name: "located_in" renamed_from: "in" } })pb"));
  EXPECT_THAT(Differences(change), ElementsAre("UPDATED predicate located_in"));
  EXPECT_THAT(Names(change.schema),
              ElementsAre("lab", "place", "located_in", "of", "weight"));
}

TEST(ApplyChangeTest, ARenameAppliedAgainChangesNothing) {
  const auto request = ParseText<v1::ApplySchemaRequest>(
      R"pb(schema { predicates { name: "located_in" renamed_from: "in" } })pb");
  ASSERT_OK_AND_ASSIGN(const SchemaChange first,
                       ApplyChange(ParseText<v1::Schema>(kBase), request));
  ASSERT_OK_AND_ASSIGN(const SchemaChange second, ApplyChange(first.schema, request));
  EXPECT_THAT(second.differences, IsEmpty());
}

TEST(ApplyChangeTest, ARenameFromAnUnknownNameCreates) {
  ASSERT_OK_AND_ASSIGN(
      const SchemaChange change,
      Apply(R"pb(schema { predicates { name: "near" renamed_from: "by" } })pb"));
  EXPECT_THAT(Differences(change), ElementsAre("CREATED predicate near"));
}

// Which of two predicates the caller meant is for Compile to refuse.
TEST(ApplyChangeTest, ARenameToANameInUseKeepsBoth) {
  ASSERT_OK_AND_ASSIGN(
      const SchemaChange change,
      Apply(R"pb(schema { predicates { name: "of" renamed_from: "in" } })pb"));
  EXPECT_THAT(Names(change.schema), ElementsAre("lab", "place", "in", "of", "weight"));
  Numbering numbering;
  EXPECT_THAT(Ontology::Compile(change.schema, &numbering),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "predicates[1].renamed_from"));
}

TEST(ApplyChangeTest, RefusesToRemoveWhatIsNotThere) {
  const absl::Status kind =
      Apply(R"(remove_kinds: "lab" remove_kinds: "plaec")").status();
  EXPECT_THAT(kind, FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "remove_kinds[1]"));
  EXPECT_EQ(MetaOf(kind, "nearest"), "place");
  EXPECT_THAT(Apply(R"(remove_predicates: "lab")"),
              FailsAt(v1::ERROR_REASON_PREDICATE_UNKNOWN, "remove_predicates[0]"));
  EXPECT_THAT(Apply(R"(remove_qualifiers: "lab")"),
              FailsAt(v1::ERROR_REASON_QUALIFIER_UNKNOWN, "remove_qualifiers[0]"));
}

TEST(ApplyChangeTest, RefusesANameGivenTwice) {
  EXPECT_THAT(
      Apply(R"(schema { kinds { name: "a" } kinds { name: "b" } kinds { name: "a" } })"),
      FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "schema.kinds[2].name"));
  EXPECT_THAT(Apply(R"(schema { predicates { name: "a" } predicates { name: "a" } })"),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "schema.predicates[1].name"));
  EXPECT_THAT(Apply(R"(schema { qualifiers { name: "a" } qualifiers { name: "a" } })"),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "schema.qualifiers[1].name"));
}

TEST(ApplyChangeTest, RefusesWhatIsGivenAndRemoved) {
  EXPECT_THAT(Apply(R"(schema { kinds { name: "lab" } } remove_kinds: "lab")"),
              FailsAt(v1::ERROR_REASON_SCHEMA_INVALID, "remove_kinds[0]"));
}

}  // namespace
}  // namespace labgraph::schema
