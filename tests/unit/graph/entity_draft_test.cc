#include "server/graph/entity_draft.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_graph.h"
#include "tests/unit/graph/crime_schema.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using testing::TestGraph;

std::string Put(absl::string_view entity) {
  return absl::StrCat("put_entity {", entity, "}");
}

TEST(EntityDraftTest, IsStoredInNormalForm) {
  TestGraph graph(kCrimeSchema);
  EXPECT_EQ(graph
                .Do(Put("id: 'lab/a' visibility: ' b&a ' created_revision: 9 "
                        "label { text: 'x' } statements { id: 'y' }"))
                .outcome(),
            v1::OUTCOME_CREATED);
  const v1::Entity entity = graph.Entity("lab/a", "", v1::ENTITY_VIEW_FULL);
  EXPECT_EQ(entity.visibility(), "a & b");
  EXPECT_EQ(entity.created_revision(), 2u);
  EXPECT_FALSE(entity.has_label());
  EXPECT_EQ(entity.statements_size(), 0);
}

TEST(EntityDraftTest, WhatIsReadCanBeWrittenBack) {
  TestGraph graph(kCrimeSchema);
  graph.PutEntities({"document/d"});
  graph.Do(
      Put("id: 'lab/a' names { key: 'nl' value: 'Uitgang' } names { key: 'en' value: "
          "'Exit' } "
          "descriptions { key: 'en' value: 'A lab.' } aliases { text: 'EX' } "
          "placeholder: true "
          "sources { document: 'document/d' locator: '3' }"));
  const v1::Entity read = graph.Entity("lab/a", "lang: 'nl'", v1::ENTITY_VIEW_FULL);
  EXPECT_EQ(read.label().text(), "Uitgang");
  EXPECT_EQ(graph.Do(Put(read.DebugString())).outcome(), v1::OUTCOME_UNCHANGED);
}

TEST(EntityDraftTest, AnUpdateReplacesTheWholeRecord) {
  TestGraph graph(kCrimeSchema);
  graph.Do(Put("id: 'lab/a' names { key: 'en' value: 'Exit' } placeholder: true"));
  EXPECT_EQ(graph.Do(Put("id: 'lab/a' names { key: 'nl' value: 'Uit' }")).outcome(),
            v1::OUTCOME_UPDATED);
  const v1::Entity entity = graph.Entity("lab/a");
  EXPECT_EQ(entity.names().count("en"), 0u);
  EXPECT_FALSE(entity.placeholder());
  EXPECT_EQ(entity.created_revision(), 2u);
  EXPECT_EQ(entity.updated_revision(), 3u);
}

TEST(EntityDraftTest, ANameOfSpacesIsNone) {
  TestGraph graph(kCrimeSchema);
  for (const char* text : {"", " ", " \\t\\n "}) {
    EXPECT_THAT(
        graph.Try(
            Put(absl::StrCat("id: 'lab/a' names { key: 'en' value: '", text, "' }"))),
        FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "mutations[0].put_entity.names[en]"));
    EXPECT_THAT(
        graph.Try(Put(absl::StrCat("id: 'lab/a' aliases { text: '", text, "' }"))),
        FailsAt(v1::ERROR_REASON_FIELD_REQUIRED,
                "mutations[0].put_entity.aliases[0].text"));
  }
}

TEST(EntityDraftTest, AnEntityMayBeItsOwnSource) {
  TestGraph graph(kCrimeSchema);
  graph.Do(Put("id: 'document/d' sources { document: 'document/d' }"));
  graph.Do(Put("id: 'document/d' sources { document: 'document/d' locator: '1' }"));
  EXPECT_THAT(graph.Verify(), ::testing::IsEmpty());
  graph.Do("delete_entity { id: 'document/d' }");
  EXPECT_THAT(graph.Verify(), ::testing::IsEmpty());
}

TEST(EntityDraftTest, RefusesWhatIsMalformed) {
  TestGraph graph(kCrimeSchema);
  graph.PutEntities({"document/d"});
  const struct {
    const char* entity;
    v1::ErrorReason reason;
    const char* field;
  } cases[] = {
      {"", v1::ERROR_REASON_FIELD_REQUIRED, "id"},
      {"id: 'lab'", v1::ERROR_REASON_ID_MALFORMED, "id"},
      {"id: 'labb/a'", v1::ERROR_REASON_KIND_UNKNOWN, "id"},
      {"id: 'organisation/a'", v1::ERROR_REASON_KIND_ABSTRACT, "id"},
      {"id: 'fax/a'", v1::ERROR_REASON_DEPRECATED, "id"},
      {"id: 'lab/a' names { key: 'Dutch' value: 'x' }",
       v1::ERROR_REASON_LANGUAGE_MALFORMED, "names[Dutch]"},
      {"id: 'lab/a' names { key: 'nl' value: '' }", v1::ERROR_REASON_FIELD_REQUIRED,
       "names[nl]"},
      {"id: 'lab/a' names { key: 'nl' value: 'a\\007' }", v1::ERROR_REASON_TEXT_MALFORMED,
       "names[nl]"},
      {"id: 'lab/a' descriptions { key: 'nl' value: '' }",
       v1::ERROR_REASON_FIELD_REQUIRED, "descriptions[nl]"},
      {"id: 'lab/a' aliases { text: 'x' } aliases {}", v1::ERROR_REASON_FIELD_REQUIRED,
       "aliases[1].text"},
      {"id: 'lab/a' aliases { text: 'x' lang: '!' }", v1::ERROR_REASON_LANGUAGE_MALFORMED,
       "aliases[0].lang"},
      {"id: 'lab/a' visibility: '('", v1::ERROR_REASON_VISIBILITY_MALFORMED,
       "visibility"},
      {"id: 'lab/a' sources { document: 'document/x' }",
       v1::ERROR_REASON_REFERENCE_NOT_FOUND, "sources[0].document"},
      {"id: 'lab/a' sources { document: 'document/d' retrieved: '2021-99' }",
       v1::ERROR_REASON_DATE_MALFORMED, "sources[0].retrieved"},
      {"id: 'lab/a' sources { document: 'document/d' quote: '\\000' }",
       v1::ERROR_REASON_TEXT_MALFORMED, "sources[0].quote"},
  };
  for (const auto& test : cases) {
    EXPECT_THAT(
        graph.Try(Put(test.entity)),
        FailsAt(test.reason, absl::StrCat("mutations[0].put_entity.", test.field)))
        << test.entity;
  }
}

TEST(EntityDraftTest, ADeprecatedKindStillTakesUpdates) {
  TestGraph graph("kinds { name: 'fax' }");
  graph.PutEntities({"fax/a"});
  ASSERT_OK(graph.ApplySchema("schema { kinds { name: 'fax' deprecated: true } }"));
  EXPECT_EQ(graph.Do(Put("id: 'fax/a' placeholder: true")).outcome(),
            v1::OUTCOME_UPDATED);
  EXPECT_THAT(graph.Try(Put("id: 'fax/b'")),
              FailsAt(v1::ERROR_REASON_DEPRECATED, "mutations[0].put_entity.id"));
}

}  // namespace
}  // namespace labgraph::graph
