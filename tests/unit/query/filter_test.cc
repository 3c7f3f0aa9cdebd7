#include "server/query/filter.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/query/filter_matcher.h"
#include "server/query/text_test.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/query/test_graph.h"
#include "tests/unit/schema/parse_proto.h"

namespace labgraph::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Keys of the entities that match, in the order they were made.
std::vector<std::string> Matching(const TestGraph& graph, absl::string_view text,
                                  const v1::ReadOptions& options = {}) {
  const std::unique_ptr<graph::View> view = graph.Read(options);
  const auto filter = Filter::Parse(text, view->ontology(), "filter");
  EXPECT_TRUE(filter.ok()) << filter.status();
  std::vector<std::string> keys;
  if (!filter.ok()) return keys;
  FilterMatcher matcher(*filter, view.get());
  for (keys::EntityNumber n = 1; n < view->head().state.next_entity; ++n) {
    const auto matches = matcher.Matches(n);
    EXPECT_TRUE(matches.ok()) << matches.status();
    const auto once = filter->Matches(*view, n);
    EXPECT_TRUE(once.ok() && *once == *matches);
    const std::string id = Id(*view, n);
    if (matches.value_or(false)) keys.push_back(id.substr(id.find('/') + 1));
  }
  return keys;
}

class FilterTest : public ::testing::Test {
 protected:
  FilterTest() {
    graph_.Entity(R"(id: "node/a" placeholder: true
                     names { key: "nl" value: "Geen ID" }
                     names { key: "en" value: "No ID" }
                     aliases { text: "ÉTUDE" lang: "fr" })");
    graph_.Entity(R"(id: "special/b"
                     names { key: "nl" value: "Straße" }
                     descriptions { key: "en" value: "A street." })");
    graph_.Entity(R"(id: "person/c" aliases { text: "Cee" })");
    graph_.Entity(R"(id: "node/d")");
    graph_.Commit();
  }

  void Property(absl::string_view subject, absl::string_view predicate,
                absl::string_view value, absl::string_view more = "") {
    graph_.Statement(absl::StrCat("id: 'p", ++properties_, "' subject: '", subject,
                                  "' predicate: '", predicate, "' value { ", value, " } ",
                                  more));
  }

  TestGraph graph_;
  int properties_ = 0;
};

TEST_F(FilterTest, FieldsOfEveryEntity) {
  EXPECT_THAT(Matching(graph_, ""), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(Matching(graph_, "id = node/a"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "id != node/a"), ElementsAre("b", "c", "d"));
  EXPECT_THAT(Matching(graph_, "id:NODE/"), ElementsAre("a", "d"));
  EXPECT_THAT(Matching(graph_, "key = a"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "key:\"\""), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(Matching(graph_, "placeholder = true"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "placeholder != true"), ElementsAre("b", "c", "d"));
  EXPECT_THAT(Matching(graph_, "placeholder:false"), ElementsAre("b", "c", "d"));
}

TEST_F(FilterTest, KindMatchesThoseUnderIt) {
  EXPECT_THAT(Matching(graph_, "kind = node"), ElementsAre("a", "b", "d"));
  EXPECT_THAT(Matching(graph_, "kind:thing"), ElementsAre("a", "b", "d"));
  EXPECT_THAT(Matching(graph_, "kind = special"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "kind != thing"), ElementsAre("c"));
}

TEST_F(FilterTest, TextsInAnyOrOneLanguage) {
  EXPECT_THAT(Matching(graph_, "name = \"No ID\""), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "name = \"no id\""), IsEmpty());
  EXPECT_THAT(Matching(graph_, "name:\"geen i\""), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "name.en:geen"), IsEmpty());
  EXPECT_THAT(Matching(graph_, "name.nl:geen"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "name:*"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "name.en:*"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "name != \"No ID\""), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "NOT name = \"No ID\""), ElementsAre("b", "c", "d"));
  EXPECT_THAT(Matching(graph_, "alias:étude"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "alias.fr:*"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "alias:*"), ElementsAre("a", "c"));
  EXPECT_THAT(Matching(graph_, "description:STREET"), ElementsAre("b"));
}

TEST_F(FilterTest, Revisions) {
  graph_.Entity(R"(id: "node/d" placeholder: true)");
  const uint64_t revision = graph_.Commit();
  EXPECT_THAT(Matching(graph_, absl::StrCat("updated_revision >= ", revision)),
              ElementsAre("d"));
  EXPECT_THAT(Matching(graph_, absl::StrCat("created_revision >= ", revision)),
              IsEmpty());
  EXPECT_THAT(Matching(graph_, absl::StrCat("updated_revision != ", revision)),
              ElementsAre("a", "b", "c"));
}

TEST_F(FilterTest, OrBindsTighterThanAnd) {
  // As in AIP-160: "x AND (y OR z)".
  EXPECT_THAT(Matching(graph_, "kind = person AND key = a OR key = c"), ElementsAre("c"));
  EXPECT_THAT(Matching(graph_, "key = a OR key = c AND kind = person"), ElementsAre("c"));
  EXPECT_THAT(Matching(graph_, "key = a OR (key = c AND kind = person)"),
              ElementsAre("a", "c"));
}

TEST_F(FilterTest, NegationBindsToOneTerm) {
  EXPECT_THAT(Matching(graph_, "NOT key = a AND NOT key = b"), ElementsAre("c", "d"));
  EXPECT_THAT(Matching(graph_, "-key = a AND -key = b"), ElementsAre("c", "d"));
  EXPECT_THAT(Matching(graph_, "NOT (key = a OR key = b)"), ElementsAre("c", "d"));
  EXPECT_THAT(Matching(graph_, "-(key = a) AND key:*"), ElementsAre("b", "c", "d"));
}

TEST_F(FilterTest, Numbers) {
  Property("node/a", "size", "number_value: 5");
  Property("special/b", "size", "number_value: 6");
  Property("special/b", "size", "number_value: -2");
  Property("node/d", "weight", "number_value: 2.5");
  graph_.Commit();
  EXPECT_THAT(Matching(graph_, "size = 5"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "size > 5"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "size >= 5"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "size < 0"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "size <= 5"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "size:6"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "size != 6"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "NOT size = 6"), ElementsAre("a", "c", "d"));
  EXPECT_THAT(Matching(graph_, "size:*"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "weight > 2.4 AND weight < 2.6"), ElementsAre("d"));
}

TEST_F(FilterTest, TextsAndTruths) {
  Property("node/a", "open", "bool_value: true");
  Property("special/b", "open", "bool_value: false");
  Property("node/a", "status", "string_value: 'merged'");
  Property("special/b", "note", "string_value: 'Said \"no\"'");
  Property("node/d", "motto",
           "struct_value { fields { key: 'nl' value { string_value: 'Samen' } } }");
  Property("node/d", "site", "string_value: 'https://example.org/X'");
  graph_.Commit();
  EXPECT_THAT(Matching(graph_, "open = true"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "open != true"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "status = merged"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "status != active"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "note = \"Said \\\"no\\\"\""), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "note:'\"NO\"'"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "motto:SAM"), ElementsAre("d"));
  EXPECT_THAT(Matching(graph_, "motto.nl = Samen"), ElementsAre("d"));
  EXPECT_THAT(Matching(graph_, "motto.en:*"), IsEmpty());
  EXPECT_THAT(Matching(graph_, "motto.nl:*"), ElementsAre("d"));
  EXPECT_THAT(Matching(graph_, "site:\"example.org\""), ElementsAre("d"));
}

TEST_F(FilterTest, UnequalInALanguageAsksForAValueInIt) {
  const auto text = [](absl::string_view lang, absl::string_view words) {
    return absl::StrCat("struct_value { fields { key: '", lang,
                        "' value { string_value: '", words, "' } } }");
  };
  Property("node/a", "motto", text("en", "one"));
  Property("special/b", "motto", text("nl", "een"));
  Property("person/c", "motto", text("nl", "twee"));
  graph_.Commit();
  EXPECT_THAT(Matching(graph_, "motto.nl != een"), ElementsAre("c"));
  EXPECT_THAT(Matching(graph_, "motto != een"), ElementsAre("a", "c"));
}

TEST_F(FilterTest, DatesCompareCertainly) {
  Property("node/a", "founded", "string_value: '2021'");
  Property("special/b", "founded", "string_value: '2021-07-14'");
  Property("node/d", "founded", "string_value: '2021~'");
  graph_.Commit();
  // Within; approximate dates may lie outside.
  EXPECT_THAT(Matching(graph_, "founded = 2021"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "founded = 2021-07"), ElementsAre("b"));
  // Possibly within.
  EXPECT_THAT(Matching(graph_, "founded:2021-07"), ElementsAre("a", "b", "d"));
  EXPECT_THAT(Matching(graph_, "founded:2022"), ElementsAre("d"));
  // Certainly outside.
  EXPECT_THAT(Matching(graph_, "founded != 2022"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "founded < 2022"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "founded <= 2021"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "founded < 2021-07-15"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "founded >= 2021"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "founded > 2019"), ElementsAre("a", "b", "d"));
  EXPECT_THAT(Matching(graph_, "founded > 2020"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "founded > 2021-07-13"), ElementsAre("b"));
}

TEST_F(FilterTest, QuantitiesCompareByTheirBounds) {
  Property("node/a", "turnover", R"(struct_value {
             fields { key: "text" value { string_value: "tens of millions" } }
             fields { key: "min" value { number_value: 20 } }
             fields { key: "max" value { number_value: 90 } } })");
  Property("special/b", "turnover", R"(struct_value {
             fields { key: "text" value { string_value: "at least 50" } }
             fields { key: "min" value { number_value: 50 } } })");
  graph_.Commit();
  EXPECT_THAT(Matching(graph_, "turnover >= 20"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "turnover > 20"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "turnover <= 90"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "turnover < 90"), IsEmpty());
  EXPECT_THAT(Matching(graph_, "turnover:30"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "turnover:60"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "turnover != 30"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "turnover:Millions"), ElementsAre("a"));
}

TEST_F(FilterTest, JsonComparesAsTheValueLooks) {
  Property("node/a", "extra", "number_value: 5");
  Property("special/b", "extra", "string_value: 'Five'");
  Property("node/d", "extra", "bool_value: true");
  Property("person/c", "extra", "list_value { values { number_value: 5 } }");
  graph_.Commit();
  EXPECT_THAT(Matching(graph_, "extra >= 5"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "extra:five"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "extra = true"), ElementsAre("d"));
  EXPECT_THAT(Matching(graph_, "extra:*"), ElementsAre("a", "b", "c", "d"));
}

TEST_F(FilterTest, RelationsAndTheirInverses) {
  graph_.Relate("r1", "a", "part_of", "d");
  graph_.Statement(
      "id: 'r2' subject: 'special/b' predicate: 'part_of' object: 'person/c'");
  graph_.Relate("r3", "a", "near", "d");
  graph_.Commit();
  EXPECT_THAT(Matching(graph_, "part_of = node/d"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "part_of:node/d"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "part_of != node/d"), ElementsAre("b"));
  EXPECT_THAT(Matching(graph_, "NOT part_of = node/d"), ElementsAre("b", "c", "d"));
  EXPECT_THAT(Matching(graph_, "part_of:*"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "has_part:*"), ElementsAre("c", "d"));
  EXPECT_THAT(Matching(graph_, "has_part = special/b"), ElementsAre("c"));
  EXPECT_THAT(Matching(graph_, "part_of = node/unheard-of"), IsEmpty());
  EXPECT_THAT(Matching(graph_, "part_of != node/unheard-of"), ElementsAre("a", "b"));
  EXPECT_THAT(Matching(graph_, "near = node/a"), ElementsAre("d"));
  EXPECT_THAT(Matching(graph_, "near = node/d"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "near:*"), ElementsAre("a", "d"));
}

TEST_F(FilterTest, ARelationLeadsToWhatAnEntityWasMergedInto) {
  graph_.Entities({"node/old"});
  graph_.Relate("r1", "a", "part_of", "old");
  graph_.Statement(
      "id: 'r2' subject: 'special/b' predicate: 'part_of' object: 'person/c'");
  graph_.Commit();
  ASSERT_OK(graph_.graph().Commit(schema::ParseText<v1::CommitRequest>(
      "mutations { merge_entities { from: 'node/old' into: 'node/d' } }")));
  EXPECT_THAT(Matching(graph_, "part_of = node/old"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "part_of = node/d"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "part_of != node/old"), ElementsAre("b"));
}

TEST_F(FilterTest, OnlyStatementsThatCountDo) {
  graph_.Relate("r1", "a", "part_of", "d", "valid { start: '2020' end: '2020' }");
  graph_.Relate("r2", "d", "part_of", "a", "rank: RANK_DEPRECATED");
  Property("node/a", "size", "number_value: 5", "valid { start: '2020' end: '2020' }");
  Property("node/d", "size", "number_value: 5", "assertion: ASSERTION_NEGATED");
  graph_.Commit();
  EXPECT_THAT(Matching(graph_, "part_of:*"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "part_of = node/a"), IsEmpty());
  EXPECT_THAT(Matching(graph_, "size = 5"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "size != 6"), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "part_of:*", ValidAt("2020-07-01")), ElementsAre("a"));
  EXPECT_THAT(Matching(graph_, "part_of:*", ValidAt("2022-07-01")), IsEmpty());
  EXPECT_THAT(Matching(graph_, "size:*", ValidAt("2022-07-01")), IsEmpty());
}

TEST_F(FilterTest, LooksAtTheRevisionRead) {
  Property("node/a", "size", "number_value: 5");
  v1::ReadOptions then;
  then.set_revision(graph_.Commit());
  graph_.Retract("p1");
  graph_.Commit();
  EXPECT_THAT(Matching(graph_, "size = 5"), IsEmpty());
  EXPECT_THAT(Matching(graph_, "size = 5", then), ElementsAre("a"));
}

TEST(FilterMatcherTest, AnEntityThatIsNotThereMatchesNothing) {
  TestGraph graph;
  graph.Entities({"node/a"});
  graph.Commit();
  const std::unique_ptr<graph::View> view = graph.Read();
  for (const char* text :
       {"NOT key = x", "NOT kind = person", "NOT placeholder = true"}) {
    const auto filter = Filter::Parse(text, view->ontology(), "");
    ASSERT_OK(filter);
    EXPECT_THAT(filter->Matches(*view, 99), testing::IsOkAndHolds(false)) << text;
  }
}

TEST(FoldCaseTest, FoldsCharacterByCharacter) {
  EXPECT_EQ(FoldCase("ABC xyz 123"), "abc xyz 123");
  EXPECT_EQ(FoldCase("ÉÏÑ"), "éïñ");
  EXPECT_EQ(FoldCase("ΣΊΣΥΦΟΣ"), FoldCase("σίσυφος"));
  EXPECT_EQ(FoldCase("a\xff"), "a\xEF\xBF\xBD");
}

}  // namespace
}  // namespace labgraph::query
