#include "server/search/searcher.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/search/search_fixture.h"

namespace labgraph::search {
namespace {

using ::labgraph::testing::FailsAt;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::string Name(absl::string_view lang, absl::string_view text) {
  return absl::StrFormat(R"pb(names { key: "%s" value: "%s" })pb", lang, text);
}

class SearcherTest : public SearchFixture {
 protected:
  SearcherTest() {
    Put("lab/caterpillar", Name("nl", "Caterpillar"));
    Put("lab/cash-cows", Name("nl", "Cash Cows"));
    Put("lab/exit", Name("nl", "Exit"));
    Put("lab/heet-ijzer",
        Name("nl", "Heet IJzer") + R"pb(aliases { text: "Hot iron" lang: "en" })pb");
    Put("lab/switch-off", Name("nl", "Switch-off"));
    Put("group/nsoc-lab", Name("nl", "NSOC-lab") + Name("en", "NSOC lab"));
    Put("crime/consequences",
        Name("nl", "financiële consequenties") + Name("en", "financial consequences"));
    Put("crime/tbml", Name("nl", "witwassen via internationale handelsstromen") +
                          R"pb(aliases { text: "TBML" })pb");
  }
};

TEST_F(SearcherTest, FindsANameHoweverItIsSpelt) {
  EXPECT_THAT(Find("heet ijzer"), ElementsAre("lab/heet-ijzer"));
  EXPECT_THAT(Find("Heet IJzer"), ElementsAre("lab/heet-ijzer"));
  EXPECT_THAT(Find("HEET \u0132ZER!"), ElementsAre("lab/heet-ijzer"));
  EXPECT_THAT(Find("heet-ijzer"), ElementsAre("lab/heet-ijzer"));
  EXPECT_THAT(Find("nsoc lab"), ElementsAre("group/nsoc-lab"));
  EXPECT_THAT(Find("financiele"), ElementsAre("crime/consequences"));
  EXPECT_THAT(Find("caterpilar"), ElementsAre("lab/caterpillar"));
  EXPECT_THAT(Find("switch off"), ElementsAre("lab/switch-off"));
}

TEST_F(SearcherTest, FindsWordsRunTogetherAndTornApart) {
  EXPECT_THAT(Find("switchoff"), ElementsAre("lab/switch-off"));
  EXPECT_THAT(Find("cashcows"), ElementsAre("lab/cash-cows"));
  EXPECT_THAT(Find("nsoclab"), ElementsAre("group/nsoc-lab"));
  EXPECT_THAT(Find("cater pillar"), ElementsAre("lab/caterpillar"));
  EXPECT_THAT(Find("he etijzer"), ElementsAre("lab/heet-ijzer"));
}

TEST_F(SearcherTest, FindsUnfinishedWords) {
  EXPECT_THAT(Find("ca"), UnorderedElementsAre("lab/caterpillar", "lab/cash-cows"));
  EXPECT_THAT(Find("cat"), ElementsAre("lab/caterpillar"));
  EXPECT_THAT(Find("heet ijz"), ElementsAre("lab/heet-ijzer"));
  EXPECT_THAT(Find("wit intern"), ElementsAre("crime/tbml"));
}

TEST_F(SearcherTest, SaysHowAndByWhatNameItMatched) {
  struct Case {
    const char* query;
    v1::MatchType match;
    const char* matched;
    const char* lang;
  };
  const Case cases[] = {
      {"heet ijzer", v1::MATCH_TYPE_EXACT, "Heet IJzer", "nl"},
      {"hot iron", v1::MATCH_TYPE_EXACT, "Hot iron", "en"},
      {"tbml", v1::MATCH_TYPE_EXACT, "TBML", ""},
      {"heetijzer", v1::MATCH_TYPE_WORDS, "Heet IJzer", "nl"},
      {"iron", v1::MATCH_TYPE_WORDS, "Hot iron", "en"},
      {"ijzer heet", v1::MATCH_TYPE_WORDS, "Heet IJzer", "nl"},
      {"heet ij", v1::MATCH_TYPE_PREFIX, "Heet IJzer", "nl"},
      {"heat ijzre", v1::MATCH_TYPE_FUZZY, "Heet IJzer", "nl"},
      {"heet ijzerdraad", v1::MATCH_TYPE_FUZZY, "Heet IJzer", "nl"},
      {"onbekend", v1::MATCH_TYPE_UNSPECIFIED, "", ""},
      {"consequences", v1::MATCH_TYPE_EXACT, "consequences", ""},
      {"financial consequences", v1::MATCH_TYPE_EXACT, "financial consequences", "en"},
  };
  for (const Case& c : cases) {
    const v1::SearchResult best = Best(c.query);
    EXPECT_EQ(best.match(), c.match) << c.query;
    EXPECT_EQ(best.matched().text(), c.matched) << c.query;
    EXPECT_EQ(best.matched().lang(), c.lang) << c.query;
  }
}

TEST_F(SearcherTest, GivesTheEntityInTheViewNames) {
  const v1::SearchResult best = Best("exit", R"pb(read { lang: "nl" })pb");
  EXPECT_EQ(best.entity().label().text(), "Exit");
  EXPECT_EQ(best.entity().created_revision(), 4u);
  EXPECT_DOUBLE_EQ(best.score(), 1);
  ASSERT_OK_AND_ASSIGN(const v1::SearchEntitiesResponse response,
                       Search(Request("exit")));
  EXPECT_EQ(response.revision(), 9u);
}

TEST_F(SearcherTest, FallsBackToThoseWithMostWords) {
  EXPECT_THAT(Find("financial ijzer heet"), ElementsAre("lab/heet-ijzer"));
  EXPECT_THAT(Find("exit onbekend"), ElementsAre("lab/exit"));
  EXPECT_LT(Best("exit onbekend").score(), 0.1);
  EXPECT_EQ(Best("exit onbekend").match(), v1::MATCH_TYPE_FUZZY);
  EXPECT_THAT(Find("onbekend"), IsEmpty());
}

TEST_F(SearcherTest, RanksTypesOfMatchAboveOneAnother) {
  Put("document/1", Name("nl", "drugs"));
  Put("document/2", Name("nl", "export van drugs en geld naar elders"));
  Put("document/3", Name("nl", "drugssmokkel"));
  Put("document/4", Name("nl", "drags"));
  EXPECT_THAT(Find("drugs"),
              ElementsAre("document/1", "document/2", "document/3", "document/4"));
}

TEST_F(SearcherTest, RanksByWhatTheNameIs) {
  Put("document/d", Name("nl", "Polder") + "placeholder: true");
  Put("document/polder", Name("nl", "Iets anders"));
  Put("document/b", Name("nl", "Kust") + R"pb(aliases { text: "Polder" lang: "nl" })pb");
  Put("document/a", Name("nl", "Polder en dijk"));
  Put("document/c", Name("nl", "Polder"));
  EXPECT_THAT(Find("polder", R"pb(read { lang: "nl" })pb"),
              ElementsAre("document/c", "document/b", "document/polder", "document/d",
                          "document/a"));
}

TEST_F(SearcherTest, RanksNamesThatAreMoreCoveredHigher) {
  Put("document/a", Name("nl", "Zuid en Noord"));
  Put("document/b", Name("nl", "Zuid"));
  Put("document/c", Name("nl", "Groot Zuid"));
  EXPECT_THAT(Find("zuid"), ElementsAre("document/b", "document/c", "document/a"));
}

TEST_F(SearcherTest, RanksNamesInTheLanguageAskedForHigher) {
  Put("document/a", Name("en", "Kas") + Name("nl", "Geldlade"));
  Put("document/b", Name("nl", "Kas") + Name("en", "Greenhouse"));
  EXPECT_THAT(Find("kas", R"pb(read { lang: "nl" })pb"),
              ElementsAre("document/b", "document/a"));
  EXPECT_THAT(Find("kas", R"pb(read { lang: "en" })pb"),
              ElementsAre("document/a", "document/b"));
  EXPECT_THAT(Find("kas", R"pb(read { lang: "nl,en" })pb"),
              ElementsAre("document/b", "document/a"));
}

TEST_F(SearcherTest, OrdersEqualScoresById) {
  Put("document/b", Name("nl", "Zelfde"));
  Put("document/c", Name("nl", "Zelfde"));
  Put("document/a", Name("nl", "Zelfde"));
  EXPECT_THAT(Find("zelfde"), ElementsAre("document/a", "document/b", "document/c"));
  EXPECT_THAT(Find("zelfde", "limit: 2"), ElementsAre("document/a", "document/b"));
}

TEST_F(SearcherTest, GivesOnlyTheKindsAskedFor) {
  Put("document/exit", Name("nl", "Exit"));
  EXPECT_THAT(Find("exit"), ElementsAre("document/exit", "lab/exit"));
  EXPECT_THAT(Find("exit", R"pb(kinds: "lab")pb"), ElementsAre("lab/exit"));
  EXPECT_THAT(Find("exit", R"pb(kinds: "group")pb"), ElementsAre("lab/exit"));
  EXPECT_THAT(Find("exit", R"pb(kinds: "document" kinds: "lab")pb"),
              ElementsAre("document/exit", "lab/exit"));
  EXPECT_THAT(Find("exit", R"pb(kinds: "crime")pb"), IsEmpty());
}

// An entity of another kind with all the words must not keep one with fewer away.
TEST_F(SearcherTest, FiltersBeforeItFallsBack) {
  Put("document/plan", Name("nl", "Exit plan"));
  EXPECT_THAT(Find("exit plan"), ElementsAre("document/plan"));
  EXPECT_THAT(Find("exit plan", R"pb(kinds: "lab")pb"), ElementsAre("lab/exit"));
}

// What may not be seen leaves no trace: with or without it, the answer is the same.
TEST_F(SearcherTest, AnswersAsIfWhatMayNotBeSeenWereNotThere) {
  Put("document/plan", Name("nl", "Exit plan") + R"pb(visibility: "politie")pb");
  EXPECT_THAT(Find("exit plan"), ElementsAre("document/plan"));
  ASSERT_OK_AND_ASSIGN(const v1::SearchEntitiesResponse response,
                       search::Search(*ReadAsPublic(), Request("exit plan")));
  ASSERT_THAT(response.results(), SizeIs(1));
  EXPECT_EQ(response.results(0).entity().id(), "lab/exit");
}

TEST_F(SearcherTest, ReadsTheNamesOfItsRevision) {
  Put("lab/exit", Name("nl", "Uitweg"));  // revision 10
  EXPECT_THAT(Find("uitweg"), ElementsAre("lab/exit"));
  EXPECT_THAT(Find("uitwg"), ElementsAre("lab/exit"));
  EXPECT_EQ(Best("uitweg").matched().text(), "Uitweg");
  constexpr char kBefore[] = R"pb(read { revision: 9 })pb";
  EXPECT_THAT(Find("uitweg", kBefore), IsEmpty());
  EXPECT_EQ(Best("exit", kBefore).matched().text(), "Exit");
  EXPECT_EQ(Best("exxit", kBefore).matched().text(), "Exit");
  EXPECT_THAT(Find("exit", R"pb(read { revision: 3 })pb"), IsEmpty());
}

TEST_F(SearcherTest, ANameGivenUpIsFoundOnlyThen) {
  Put("lab/switch-off", Name("nl", "Nachtwacht"));  // revision 10
  Put("lab/switch-off", Name("nl", "Avondrood"));   // revision 11
  EXPECT_THAT(Find("nachtwacht"), IsEmpty());
  EXPECT_THAT(Find("nachtwacht", R"pb(read { revision: 10 })pb"),
              ElementsAre("lab/switch-off"));
  EXPECT_THAT(Find("nachtwacht", R"pb(read { revision: 9 })pb"), IsEmpty());
}

TEST_F(SearcherTest, FindsADeletedEntityOnlyBefore) {
  Delete("lab/exit");  // revision 10
  EXPECT_THAT(Find("exit"), IsEmpty());
  EXPECT_THAT(Find("exit", R"pb(read { revision: 9 })pb"), ElementsAre("lab/exit"));
}

TEST_F(SearcherTest, FindsTheVeryNameAmongManyThatShareItsWord) {
  v1::CommitRequest request;
  constexpr int kMany = 5000;
  for (int i = 0; i < kMany; ++i) {
    v1::Entity* entity = request.add_mutations()->mutable_put_entity();
    entity->set_id(absl::StrCat("document/", i));
    (*entity->mutable_names())["nl"] = absl::StrCat("rapport ", i);
  }
  Commit(request);
  Put("document/rapport", Name("nl", "Rapport"));
  EXPECT_EQ(Find("rapport", "limit: 1"), std::vector<std::string>{"document/rapport"});
  EXPECT_EQ(Best("rapport 4321").entity().id(), "document/4321");
  EXPECT_EQ(Best("raport 4321").entity().id(), "document/4321");
}

// Entities of other kinds used up what a search may load.
TEST_F(SearcherTest, FindsAKindAmongManyOfAnother) {
  v1::CommitRequest request;
  constexpr int kMany = 3000;
  for (int i = 0; i < kMany; ++i) {
    v1::Entity* entity = request.add_mutations()->mutable_put_entity();
    entity->set_id(absl::StrCat("document/", i));
    (*entity->mutable_names())["nl"] = absl::StrCat("Politie eenheid ", i);
  }
  Commit(request);
  Put("lab/noord", Name("nl", "Politie lab noord"));
  EXPECT_THAT(Find("politie", "kinds: 'lab'"), ElementsAre("lab/noord"));
}

TEST_F(SearcherTest, RefusesAQueryItCannotLookFor) {
  EXPECT_THAT(Search(Request("")), FailsAt(v1::ERROR_REASON_FIELD_REQUIRED, "query"));
  EXPECT_THAT(Search(Request(" ... ")), FailsAt(v1::ERROR_REASON_FIELD_INVALID, "query"));
  EXPECT_THAT(Search(Request("a\xFF")),
              FailsAt(v1::ERROR_REASON_TEXT_MALFORMED, "query"));
  const std::string longest(limits::kQueryBytes.value, 'a');
  EXPECT_OK(Search(Request(longest)));
  EXPECT_THAT(Search(Request(longest + "a")),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "query"));
}

TEST_F(SearcherTest, TakesAsManyWordsAsAQueryCanHave) {
  std::string query = "exit";
  while (query.size() + 2 <= limits::kQueryBytes.value) query += " y";
  EXPECT_THAT(Find(query), ElementsAre("lab/exit"));
}

TEST_F(SearcherTest, RefusesOtherBadFields) {
  EXPECT_THAT(Search(Request("exit", R"pb(kinds: "lab" kinds: "lap")pb")),
              FailsAt(v1::ERROR_REASON_KIND_UNKNOWN, "kinds[1]"));
  EXPECT_THAT(
      Search(Request("exit", absl::StrCat("limit: ", limits::kSearchResults.value + 1))),
      FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "limit"));
}

TEST_F(SearcherTest, GivesAsManyAsAskedFor) {
  v1::CommitRequest request;
  for (uint64_t i = 0; i <= limits::kSearchResults.value; ++i) {
    v1::Entity* entity = request.add_mutations()->mutable_put_entity();
    entity->set_id(absl::StrCat("document/", i));
    (*entity->mutable_names())["nl"] = absl::StrCat("rapport ", i);
  }
  Commit(request);
  EXPECT_THAT(Find("rapport"), SizeIs(limits::kDefaultSearchResults));
  EXPECT_THAT(Find("rapport", "limit: 1"), SizeIs(1));
  EXPECT_THAT(Find("rapport", absl::StrCat("limit: ", limits::kSearchResults.value)),
              SizeIs(limits::kSearchResults.value));
}

}  // namespace
}  // namespace labgraph::search
