// How records are put into words.

#include "client/cli/words/cut_words.h"
#include "client/cli/words/enum_words.h"
#include "client/cli/words/languages.h"
#include "client/cli/words/statement_words.h"
#include "client/cli/words/valid_time_words.h"
#include "client/cli/words/value_words.h"
#include "client/cli/words/walk_words.h"
#include "gtest/gtest.h"
#include "tests/unit/cli/cli_runner.h"

namespace labgraph::cli {
namespace {

TEST(EnumWordsTest, TakesThePrefixOff) {
  EXPECT_EQ(Word(v1::ASSERTION_NEGATED), "negated");
  EXPECT_EQ(Word(v1::CUT_REASON_MAX_HITS), "max_hits");
  EXPECT_EQ(Word(v1::CERTAINTY_UNSPECIFIED), "");
  EXPECT_EQ(Word(static_cast<v1::Rank>(77)), "77");
}

TEST(LanguagesTest, PicksTheBestThereIs) {
  Languages::TextByLang texts;
  EXPECT_EQ(Languages("nl").Pick(texts), "");
  texts["fr"] = "labo";
  texts["de"] = "Labor";
  EXPECT_EQ(Languages("nl").Pick(texts), "Labor");
  texts["en"] = "lab";
  EXPECT_EQ(Languages("nl").Pick(texts), "lab");
  EXPECT_EQ(Languages(" FR , nl").Pick(texts), "labo");
  texts["nl"] = "lab (nl)";
  EXPECT_EQ(Languages("nl,en").Pick(texts), "lab (nl)");
}

struct ValidTimeCase {
  const char* start;
  const char* end;
  const char* words;
};

TEST(ValidTimeWordsTest, NeverClaimsMoreThanIsKnown) {
  const ValidTimeCase cases[] = {
      {"", "", ""},
      {"2021-07~", "..", "since 2021-07~"},
      {"2021", "", "from 2021"},
      {"", "2022", "until 2022"},
      {"..", "2022", "until 2022"},
      {"2021", "2022-03", "2021 to 2022-03"},
      {"2022-11", "2022-11", "in 2022-11"},
      {"..", "..", "always"},
      {"", "..", "still so"},
      {"..", "", "from ever"},
  };
  for (const ValidTimeCase& test : cases) {
    v1::ValidTime valid;
    valid.set_start(test.start);
    valid.set_end(test.end);
    EXPECT_EQ(DescribeValidTime(valid), test.words) << test.start << "/" << test.end;
  }
}

TEST(ValidTimeWordsTest, PutsTheSourcesWordsFirst) {
  EXPECT_EQ(DescribeValidTime(
                Proto<v1::ValidTime>("start: '2021-06~' end: '..' text: 'medio 2021'")),
            "medio 2021 (since 2021-06~)");
  EXPECT_EQ(DescribeValidTime(Proto<v1::ValidTime>("text: 'ooit'")), "ooit");
}

struct ValueCase {
  const char* proto;
  const char* words;
};

TEST(ValueWordsTest, SaysEachTypeAsAReaderWantsIt) {
  const ValueCase cases[] = {
      {"string_value: 'text'", "text"},
      {"number_value: 6", "6"},
      {"number_value: 6.5", "6.5"},
      {"bool_value: true", "true"},
      {"struct_value { fields { key: 'nl' value { string_value: 'tekst' } } "
       "fields { key: 'en' value { string_value: 'text' } } }",
       "tekst"},
      {"struct_value { fields { key: 'text' value { string_value: 'tens of millions' } } "
       "fields { key: 'min' value { number_value: 2e7 } } }",
       "tens of millions"},
      {"struct_value { fields { key: 'min' value { number_value: 2 } } }", "{\"min\":2}"},
      {"list_value { values { number_value: 1 } }", "[1]"},
  };
  for (const ValueCase& test : cases) {
    EXPECT_EQ(DescribeValue(Proto<google::protobuf::Value>(test.proto), Languages("nl")),
              test.words);
  }
}

TEST(StatementWordsTest, SaysTargetQualifiersAndSources) {
  const auto statement = Proto<v1::Statement>(R"(
      subject: 'lab/exit' predicate: 'targets' object: 'commodity/drugs'
      qualifiers { key: 'weight' value { string_value: 'main' } }
      qualifiers { key: 'count' value { number_value: 2 } }
      sources { document: 'document/page' locator: 'B3.1' }
      sources { document: 'document/report' asserted_by: 'organisation/police' })");
  const Languages languages("");
  EXPECT_EQ(DescribeTarget(statement, languages), "commodity/drugs");
  EXPECT_EQ(DescribeQualifiers(statement, languages), "count=2, weight=main");
  EXPECT_EQ(DescribeSources(statement.sources()),
            "document/page B3.1; document/report (organisation/police)");
}

TEST(StatementWordsTest, IsSilentAboutTheUsual) {
  EXPECT_EQ(DescribeAssertion(v1::ASSERTION_ASSERTED), "");
  EXPECT_EQ(DescribeAssertion(v1::ASSERTION_UNSPECIFIED), "");
  EXPECT_EQ(DescribeAssertion(v1::ASSERTION_QUESTION), "question");
  EXPECT_EQ(DescribeRank(v1::RANK_NORMAL), "");
  EXPECT_EQ(DescribeRank(v1::RANK_DEPRECATED), "deprecated");
}

TEST(WalkWordsTest, FollowsStatementsEitherWay) {
  const auto hit = Proto<v1::TraverseHit>(R"(
      path { subject: 'crime/x' predicate: 'involves' object: 'commodity/drugs' }
      path { subject: 'lab/exit' predicate: 'targets' object: 'crime/x' }
      path { subject: 'lab/exit' predicate: 'led_by' object: 'organisation/p' })");
  const std::string walk =
      "commodity/drugs <-involves- crime/x <-targets- lab/exit -led_by-> "
      "organisation/p";
  EXPECT_EQ(DescribeWalk("commodity/drugs", hit.path()), walk);
  EXPECT_EQ(DescribeWalkTo("organisation/p", hit.path()), walk);
  EXPECT_EQ(DescribeWalk("lab/exit", {}), "lab/exit");
}

TEST(CutWordsTest, SaysWhatGivesMore) {
  EXPECT_EQ(DescribeCut(v1::CUT_REASON_UNSPECIFIED, "paths"), "");
  EXPECT_NE(DescribeCut(v1::CUT_REASON_MAX_HITS, "paths").find("more paths"),
            std::string::npos);
  EXPECT_NE(DescribeCut(v1::CUT_REASON_MAX_VISITED, "").find("--max-visited"),
            std::string::npos);
  EXPECT_NE(DescribeCut(v1::CUT_REASON_DEADLINE, "").find("--timeout"),
            std::string::npos);
}

}  // namespace
}  // namespace labgraph::cli
