#include "server/graph/facets.h"

#include <random>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/graph/read_filter.h"
#include "tests/testing/parse_proto.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::graph {
namespace {

using testing::FailsAt;
using testing::ParseText;

Facet MakeFacet(schema::Bounds bounds = {}, v1::Rank rank = v1::RANK_NORMAL,
                v1::Assertion assertion = v1::ASSERTION_ASSERTED,
                std::string visibility = "public") {
  return Facet{7, bounds, rank, assertion, std::move(visibility)};
}

// Stores on disk hold these very bytes: a vector may be added, never changed.
TEST(FacetTest, GoldenVectors) {
  EXPECT_EQ(absl::BytesToHexString(MakeFacet({1, 2, -1, 300}).Encode()),
            "07020401d804"
            "0201"
            "7075626c6963");
  EXPECT_EQ(
      absl::BytesToHexString(
          MakeFacet({}, v1::RANK_PREFERRED, v1::ASSERTION_NEGATED, "a & b").Encode()),
      "07"
      "ffffffff0f"
      "feffffff0f"
      "ffffffff0f"
      "feffffff0f"
      "0306"
      "6120262062");
}

TEST(FacetTest, ComesBack) {
  for (const Facet& facet :
       {MakeFacet(), MakeFacet({1, 2, -1, 300}),
        MakeFacet({}, v1::RANK_DEPRECATED, v1::ASSERTION_QUESTION, "x")}) {
    Facet decoded;
    ASSERT_TRUE(Facet::Decode(facet.Encode(), &decoded));
    EXPECT_EQ(decoded, facet);
  }
}

TEST(FacetTest, WhatIsNoFacetIsRefused) {
  Facet facet;
  const std::string whole = MakeFacet().Encode();
  for (size_t size = 0; size < whole.size() - std::string("ublic").size(); ++size) {
    EXPECT_FALSE(Facet::Decode(whole.substr(0, size), &facet)) << size;
  }
  EXPECT_FALSE(Facet::Decode(MakeFacet({}, static_cast<v1::Rank>(9)).Encode(), &facet));
  EXPECT_FALSE(Facet::Decode(
      MakeFacet({}, v1::RANK_NORMAL, static_cast<v1::Assertion>(99)).Encode(), &facet));
  std::mt19937_64 random(6);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes(random() % 20, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    Facet::Decode(bytes, &facet);  // no matter what, if it returns
  }
}

TEST(FacetTableTest, EqualFacetsShareANumber) {
  FacetTable table;
  EXPECT_EQ(table.Intern(MakeFacet()), 1u);
  EXPECT_EQ(table.Intern(MakeFacet({}, v1::RANK_PREFERRED)), 2u);
  EXPECT_EQ(table.Intern(MakeFacet()), 1u);
  EXPECT_EQ(table.size(), 2u);
  EXPECT_EQ(table.Get(2).rank, v1::RANK_PREFERRED);
}

TEST(FacetTableTest, ReferencesStayGoodWhileItGrows) {
  FacetTable table;
  const Facet& first = table.Get(table.Intern(MakeFacet()));
  for (schema::Day day = 0; day < 5000; ++day)
    table.Intern(MakeFacet({day, day, day, day}));
  EXPECT_EQ(first, MakeFacet());
  EXPECT_EQ(table.size(), 5001u);
}

TEST(FacetTableTest, NumbersTakenBackAreGivenAgain) {
  FacetTable table;
  table.Intern(MakeFacet());
  const Facet preferred = MakeFacet({}, v1::RANK_PREFERRED);
  EXPECT_EQ(table.Intern(preferred), 2u);
  table.Truncate(1);
  EXPECT_EQ(table.size(), 1u);
  EXPECT_EQ(table.Intern(MakeFacet({}, v1::RANK_DEPRECATED)), 2u);
  EXPECT_EQ(table.Intern(preferred), 3u);
  EXPECT_EQ(table.Get(2).rank, v1::RANK_DEPRECATED);
  EXPECT_EQ(table.Intern(MakeFacet()), 1u);
}

// --- ReadFilter -------------------------------------------------------------

absl::StatusOr<ReadFilter> Make(
    absl::string_view options, ReadFilter::Mode mode = ReadFilter::Mode::kList,
    schema::Authorizations who = schema::Authorizations::All()) {
  return ReadFilter::Make(ParseText<v1::ReadOptions>(options), mode, std::move(who));
}

bool Passes(absl::string_view options, const Facet& facet,
            ReadFilter::Mode mode = ReadFilter::Mode::kList) {
  const absl::StatusOr<ReadFilter> filter = Make(options, mode);
  EXPECT_OK(filter);
  return filter->Judge(facet).passes;
}

// Begun between day 10 and 20, ended between day 30 and 40.
const Facet kDated = MakeFacet({10, 20, 30, 40});

TEST(ReadFilterTest, DaysGiveThreeAnswers) {
  const struct {
    const char* day;
    v1::Certainty certainty;
    bool by_default;
    bool certain;
    bool no;
  } cases[] = {
      {"1970-01-10", v1::CERTAINTY_NO, false, false, true},
      {"1970-01-11", v1::CERTAINTY_POSSIBLE, true, false, false},
      {"1970-01-20", v1::CERTAINTY_POSSIBLE, true, false, false},
      {"1970-01-21", v1::CERTAINTY_CERTAIN, true, true, false},
      {"1970-01-31", v1::CERTAINTY_CERTAIN, true, true, false},
      {"1970-02-01", v1::CERTAINTY_POSSIBLE, true, false, false},
      {"1970-02-10", v1::CERTAINTY_POSSIBLE, true, false, false},
      {"1970-02-11", v1::CERTAINTY_NO, false, false, true},
  };
  for (const auto& test : cases) {
    const std::string at = absl::StrCat("valid_at: \"", test.day, "\"");
    EXPECT_EQ(Make(at)->Judge(kDated).certainty, test.certainty) << test.day;
    EXPECT_EQ(Passes(at, kDated), test.by_default) << test.day;
    EXPECT_EQ(Passes(at + " certainty: CERTAINTY_POSSIBLE", kDated), test.by_default);
    EXPECT_EQ(Passes(at + " certainty: CERTAINTY_CERTAIN", kDated), test.certain)
        << test.day;
    EXPECT_EQ(Passes(at + " certainty: CERTAINTY_NO", kDated), test.no) << test.day;
  }
}

TEST(ReadFilterTest, WithoutADayNothingIsSaidOfCertainty) {
  EXPECT_EQ(Make("")->Judge(kDated).certainty, v1::CERTAINTY_UNSPECIFIED);
  EXPECT_TRUE(Make("")->Judge(kDated).passes);
}

TEST(ReadFilterTest, WalksLeaveOutWhatIsNotBelieved) {
  const struct {
    Facet facet;
    bool walked;
  } cases[] = {
      {MakeFacet(), true},
      {MakeFacet({}, v1::RANK_PREFERRED), true},
      {MakeFacet({}, v1::RANK_DEPRECATED), false},
      {MakeFacet({}, v1::RANK_NORMAL, v1::ASSERTION_KNOWN), true},
      {MakeFacet({}, v1::RANK_NORMAL, v1::ASSERTION_PRESUMED), true},
      {MakeFacet({}, v1::RANK_NORMAL, v1::ASSERTION_QUESTION), false},
      {MakeFacet({}, v1::RANK_NORMAL, v1::ASSERTION_DISPUTED), true},
      {MakeFacet({}, v1::RANK_NORMAL, v1::ASSERTION_NEGATED), false},
      {MakeFacet({}, v1::RANK_NORMAL, v1::ASSERTION_IMPLIED), true},
      {MakeFacet({}, v1::RANK_NORMAL, v1::ASSERTION_EVALUATIVE), true},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(Passes("", test.facet, ReadFilter::Mode::kWalk), test.walked)
        << test.facet.rank << " " << test.facet.assertion;
    EXPECT_TRUE(Passes("", test.facet));
  }
}

TEST(ReadFilterTest, NamedRanksAndAssertionsReplaceTheDefault) {
  const Facet negated = MakeFacet({}, v1::RANK_DEPRECATED, v1::ASSERTION_NEGATED);
  const char* const both = "assertions: ASSERTION_NEGATED ranks: RANK_DEPRECATED";
  EXPECT_TRUE(Passes(both, negated, ReadFilter::Mode::kWalk));
  EXPECT_FALSE(Passes(both, MakeFacet(), ReadFilter::Mode::kWalk));
  EXPECT_TRUE(
      Passes("assertions: ASSERTION_UNSPECIFIED ranks: RANK_UNSPECIFIED", MakeFacet()))
      << "unspecified is the ordinary one";
}

TEST(ReadFilterTest, RefusesWhatItCannotMean) {
  EXPECT_THAT(Make("valid_at: \"2021\""),
              FailsAt(v1::ERROR_REASON_DATE_MALFORMED, "valid_at"));
  EXPECT_THAT(Make("certainty: CERTAINTY_NO"),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "certainty"));
  v1::ReadOptions options;
  options.set_certainty(static_cast<v1::Certainty>(7));
  const auto all = schema::Authorizations::All();
  EXPECT_THAT(ReadFilter::Make(options, ReadFilter::Mode::kList, all),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "certainty"));
  options.Clear();
  options.add_assertions(v1::ASSERTION_KNOWN);
  options.add_assertions(static_cast<v1::Assertion>(-1));
  EXPECT_THAT(ReadFilter::Make(options, ReadFilter::Mode::kList, all),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "assertions[1]"));
  options.Clear();
  options.add_ranks(static_cast<v1::Rank>(77));
  EXPECT_THAT(ReadFilter::Make(options, ReadFilter::Mode::kList, all),
              FailsAt(v1::ERROR_REASON_FIELD_INVALID, "ranks[0]"));
}

TEST(ReadFilterTest, HidesWhatTheCallerMayNotSee) {
  const auto fiod =
      Make("", ReadFilter::Mode::kList,
           schema::Authorizations(absl::flat_hash_set<std::string>{"fiod"}));
  ASSERT_OK(fiod);
  const auto judge = [&](std::string visibility) {
    return fiod->Judge(MakeFacet({}, v1::RANK_NORMAL, v1::ASSERTION_ASSERTED, visibility))
        .passes;
  };
  EXPECT_TRUE(judge("public"));
  EXPECT_TRUE(judge("douane | fiod"));
  EXPECT_FALSE(judge("douane & fiod"));
  EXPECT_FALSE(judge("not & & an expression")) << "what cannot be read stays hidden";
}

TEST(FacetVerdictsTest, AgreeWithTheFilter) {
  FacetTable table;
  const auto filter = Make("valid_at: \"1970-01-15\" assertions: ASSERTION_ASSERTED");
  ASSERT_OK(filter);
  FacetVerdicts verdicts(&table, *filter);
  for (int round = 0; round < 2; ++round) {
    for (const schema::Bounds& bounds :
         {schema::Bounds{10, 20, 30, 40}, schema::Bounds{1, 2, 3, 4}, schema::Bounds()}) {
      for (const v1::Assertion assertion :
           {v1::ASSERTION_ASSERTED, v1::ASSERTION_KNOWN}) {
        const Facet facet = MakeFacet(bounds, v1::RANK_NORMAL, assertion);
        const ReadFilter::Verdict expected = filter->Judge(facet);
        const ReadFilter::Verdict verdict = verdicts.Of(table.Intern(facet));
        EXPECT_EQ(verdict.passes, expected.passes);
        EXPECT_EQ(verdict.certainty, expected.certainty);
      }
    }
  }
}

}  // namespace
}  // namespace labgraph::graph
