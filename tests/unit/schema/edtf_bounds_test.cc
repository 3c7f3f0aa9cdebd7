#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/schema/edtf.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/schema/random_seed.h"

namespace labgraph::schema {
namespace {

using ::labgraph::testing::FailsAt;

v1::ValidTime Valid(absl::string_view start, absl::string_view end) {
  v1::ValidTime valid;
  valid.set_start(std::string(start));
  valid.set_end(std::string(end));
  return valid;
}

Day DayOf(absl::string_view text) { return *ParseDay(text); }

struct GoldenBounds {
  const char* start;
  const char* end;
  // As SetBoundFields writes them: "" where nothing bounds.
  const char* earliest_start;
  const char* latest_start;
  const char* earliest_end;
  const char* latest_end;
};

class GoldenBoundsTest : public ::testing::TestWithParam<GoldenBounds> {};

TEST_P(GoldenBoundsTest, HasTheseBounds) {
  v1::ValidTime valid = Valid(GetParam().start, GetParam().end);
  ASSERT_OK_AND_ASSIGN(const Bounds bounds, ComputeBounds(valid));
  SetBoundFields(bounds, &valid);
  EXPECT_EQ(valid.earliest_start(), GetParam().earliest_start);
  EXPECT_EQ(valid.latest_start(), GetParam().latest_start);
  EXPECT_EQ(valid.earliest_end(), GetParam().earliest_end);
  EXPECT_EQ(valid.latest_end(), GetParam().latest_end);
  EXPECT_EQ(valid.start(), GetParam().start);
  EXPECT_EQ(valid.end(), GetParam().end);
}

INSTANTIATE_TEST_SUITE_P(
    BothEnds, GoldenBoundsTest,
    ::testing::Values(
        GoldenBounds{"2021", "2023", "2021-01-01", "2021-12-31", "2023-01-01",
                     "2023-12-31"},
        GoldenBounds{"2021-07-14", "2021-07-14", "2021-07-14", "2021-07-14", "2021-07-14",
                     "2021-07-14"},
        // The end may lie in the year of the start; neither bound moves the other.
        GoldenBounds{"2021-07", "2021", "2021-07-01", "2021-07-31", "2021-01-01",
                     "2021-12-31"},
        GoldenBounds{"2021-12~", "2021", "2021-11-01", "2022-01-31", "2021-01-01",
                     "2021-12-31"}));

INSTANTIATE_TEST_SUITE_P(
    UnknownOrOpenEnds, GoldenBoundsTest,
    ::testing::Values(
        GoldenBounds{"", "", "", "", "", ""}, GoldenBounds{"..", "..", "", "", "", ""},
        GoldenBounds{"2021", "", "2021-01-01", "2021-12-31", "2021-01-01", ""},
        GoldenBounds{"2021", "..", "2021-01-01", "2021-12-31", "", ""},
        GoldenBounds{"", "2021", "", "2021-12-31", "2021-01-01", "2021-12-31"},
        GoldenBounds{"..", "2021", "", "", "2021-01-01", "2021-12-31"},
        GoldenBounds{"[2021..]", "", "2021-01-01", "", "2021-01-01", ""},
        GoldenBounds{"", "[..2021]", "", "2021-12-31", "", "2021-12-31"}));

// The forms of the NSOC page.
INSTANTIATE_TEST_SUITE_P(
    Nsoc, GoldenBoundsTest,
    ::testing::Values(
        GoldenBounds{"2021-07~", "..", "2021-06-01", "2021-08-31", "", ""},
        GoldenBounds{"2021-07~", "", "2021-06-01", "2021-08-31", "2021-06-01", ""},
        GoldenBounds{"2021-38", "", "2021-05-01", "2021-08-31", "2021-05-01", ""},
        GoldenBounds{"2021-12~", "", "2021-11-01", "2022-01-31", "2021-11-01", ""},
        GoldenBounds{"2022-12~", "", "2022-11-01", "2023-01-31", "2022-11-01", ""},
        GoldenBounds{"2022-11-01", "..", "2022-11-01", "2022-11-01", "", ""},
        GoldenBounds{"2022-11-01", "", "2022-11-01", "2022-11-01", "2022-11-01", ""},
        GoldenBounds{"2021", "2021", "2021-01-01", "2021-12-31", "2021-01-01",
                     "2021-12-31"},
        GoldenBounds{"[2021-06..2023-04]", "..", "2021-06-01", "2023-04-30", "", ""},
        GoldenBounds{"..", "2023-04~", "", "", "2023-03-01", "2023-05-31"}));

TEST(ComputeBoundsTest, TellsUnknownFromAlwaysAndStill) {
  EXPECT_THAT(ComputeBounds(Valid("", "")), ::labgraph::testing::IsOkAndHolds(Bounds{
                                                kDayMin, kDayMax, kDayMin, kDayMax}));
  EXPECT_THAT(ComputeBounds(Valid("..", "..")), ::labgraph::testing::IsOkAndHolds(Bounds{
                                                    kDayMin, kDayMin, kDayMax, kDayMax}));
  EXPECT_THAT(ComputeBounds(Valid("", "..")), ::labgraph::testing::IsOkAndHolds(Bounds{
                                                  kDayMin, kDayMax, kDayMax, kDayMax}));
  EXPECT_THAT(ComputeBounds(Valid("..", "")), ::labgraph::testing::IsOkAndHolds(Bounds{
                                                  kDayMin, kDayMin, kDayMin, kDayMax}));
  EXPECT_THAT(ComputeBounds({}), ::labgraph::testing::IsOkAndHolds(Bounds{}));
}

TEST(ComputeBoundsTest, NamesTheEndAtFault) {
  EXPECT_THAT(ComputeBounds(Valid("2021-13", "2022")),
              FailsAt(v1::ERROR_REASON_DATE_MALFORMED, "start"));
  EXPECT_THAT(ComputeBounds(Valid("2021", "soon")),
              FailsAt(v1::ERROR_REASON_DATE_MALFORMED, "end"));
  EXPECT_THAT(ComputeBounds(Valid(std::string(65, '2'), "")),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "start"));
  EXPECT_THAT(ComputeBounds(Valid("", std::string(65, '2'))),
              FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, "end"));
}

TEST(ComputeBoundsTest, RefusesAnEndThatLiesBeforeTheStart) {
  EXPECT_THAT(ComputeBounds(Valid("2022", "2021")),
              FailsAt(v1::ERROR_REASON_VALID_TIME_REVERSED, ""));
  EXPECT_THAT(ComputeBounds(Valid("2021-07-15", "2021-07-14")),
              FailsAt(v1::ERROR_REASON_VALID_TIME_REVERSED, ""));
  EXPECT_OK(ComputeBounds(Valid("2021-07-14", "2021-07-14")));
  // Possible, if only just: approximately January may have been December.
  EXPECT_OK(ComputeBounds(Valid("2022-01~", "2021")));
}

TEST(HeldOnTest, IsCertainOnlyBetweenLatestStartAndEarliestEnd) {
  ASSERT_OK_AND_ASSIGN(const Bounds bounds, ComputeBounds(Valid("2021-07~", "2023-04")));
  EXPECT_EQ(HeldOn(bounds, DayOf("2021-05-31")), v1::CERTAINTY_NO);
  EXPECT_EQ(HeldOn(bounds, DayOf("2021-06-01")), v1::CERTAINTY_POSSIBLE);
  EXPECT_EQ(HeldOn(bounds, DayOf("2021-08-30")), v1::CERTAINTY_POSSIBLE);
  EXPECT_EQ(HeldOn(bounds, DayOf("2021-08-31")), v1::CERTAINTY_CERTAIN);
  EXPECT_EQ(HeldOn(bounds, DayOf("2023-04-01")), v1::CERTAINTY_CERTAIN);
  EXPECT_EQ(HeldOn(bounds, DayOf("2023-04-02")), v1::CERTAINTY_POSSIBLE);
  EXPECT_EQ(HeldOn(bounds, DayOf("2023-04-30")), v1::CERTAINTY_POSSIBLE);
  EXPECT_EQ(HeldOn(bounds, DayOf("2023-05-01")), v1::CERTAINTY_NO);
}

TEST(HeldOnTest, IsCertainOnTheOneKnownDayOfAFactOfUnknownEnd) {
  ASSERT_OK_AND_ASSIGN(const Bounds bounds, ComputeBounds(Valid("2022-11-01", "")));
  EXPECT_EQ(HeldOn(bounds, DayOf("2022-10-31")), v1::CERTAINTY_NO);
  EXPECT_EQ(HeldOn(bounds, DayOf("2022-11-01")), v1::CERTAINTY_CERTAIN);
  EXPECT_EQ(HeldOn(bounds, DayOf("2022-11-02")), v1::CERTAINTY_POSSIBLE);
}

TEST(HeldOnTest, NeverTurnsUnknownIntoAlwaysOrNever) {
  const Day day = DayOf("2022-01-01");
  EXPECT_EQ(HeldOn(Bounds{}, day), v1::CERTAINTY_POSSIBLE);
  EXPECT_EQ(HeldOn(*ComputeBounds(Valid("", "..")), day), v1::CERTAINTY_POSSIBLE);
  EXPECT_EQ(HeldOn(*ComputeBounds(Valid("..", "")), day), v1::CERTAINTY_POSSIBLE);
  EXPECT_EQ(HeldOn(*ComputeBounds(Valid("..", "..")), day), v1::CERTAINTY_CERTAIN);
}

TEST(CertainlyOverlapTest, NeedsOneDayOnWhichBothAreCertain) {
  const auto overlap = [](const v1::ValidTime& a, const v1::ValidTime& b) {
    const bool result = CertainlyOverlap(*ComputeBounds(a), *ComputeBounds(b));
    EXPECT_EQ(result, CertainlyOverlap(*ComputeBounds(b), *ComputeBounds(a)));
    return result;
  };
  EXPECT_TRUE(overlap(Valid("2020", "2023"), Valid("2021", "..")));
  EXPECT_TRUE(overlap(Valid("2020", "2021-07-14"), Valid("2021-07-14", "2022")));
  EXPECT_FALSE(overlap(Valid("2020", "2021-07-13"), Valid("2021-07-14", "2022")));
  // They may overlap in 2021, but need not.
  EXPECT_FALSE(overlap(Valid("2020", "2021"), Valid("2021", "2022")));
  EXPECT_FALSE(overlap(Valid("", ""), Valid("", "")));
  EXPECT_FALSE(overlap(Valid("2021", ""), Valid("2021", "")));
  EXPECT_TRUE(overlap(Valid("", ".."), Valid("", "..")));
  EXPECT_TRUE(overlap(Valid("..", ""), Valid("..", "")));
  EXPECT_FALSE(overlap(Valid("..", ""), Valid("", "..")));
}

// Random dates of every accepted form, in years 1990 to 2030.
class RandomDates {
 public:
  explicit RandomDates(uint64_t seed) : random_(seed) {}

  int Below(int count) {
    return std::uniform_int_distribution<int>(0, count - 1)(random_);
  }

  std::string Day() {
    return absl::StrCat(1990 + Below(41), "-", TwoDigits(1 + Below(12)), "-",
                        TwoDigits(1 + Below(28)));
  }

  std::string Single() {
    const std::string day = Day();
    const char* qualifiers[] = {"", "", "?", "~", "%"};
    const std::string forms[] = {day,
                                 day.substr(0, 7),
                                 day.substr(0, 4),
                                 day.substr(0, 3) + "X",
                                 day.substr(0, 4) + "-XX",
                                 day.substr(0, 7) + "-XX",
                                 absl::StrCat(day.substr(0, 5), 21 + Below(4)),
                                 absl::StrCat(day.substr(0, 5), 33 + Below(9))};
    return forms[Below(8)] + qualifiers[Below(5)];
  }

  // Anything that an end of a valid time may be.
  std::string End() {
    switch (Below(8)) {
      case 0:
        return "";
      case 1:
        return "..";
      case 2:
        return absl::StrCat("[", Single(), "..]");
      case 3:
        return absl::StrCat("[..", Single(), "]");
      case 4:
        return absl::StrCat("[", Single(), "..", Single(), "]");
      default:
        return Single();
    }
  }

 private:
  static std::string TwoDigits(int number) {
    return absl::StrCat(absl::Dec(number, absl::kZeroPad2));
  }

  std::mt19937_64 random_;
};

// Bounds of random valid times, of which those that are refused are left out.
std::vector<Bounds> RandomBounds(RandomDates* dates, int tries) {
  std::vector<Bounds> all;
  for (int i = 0; i < tries; ++i) {
    const v1::ValidTime valid = Valid(dates->End(), dates->End());
    const absl::StatusOr<Bounds> bounds = ComputeBounds(valid);
    if (bounds.ok()) {
      all.push_back(*bounds);
      continue;
    }
    const bool reversed =
        ReasonOf(bounds.status()) == v1::ERROR_REASON_VALID_TIME_REVERSED;
    const bool in_brackets =
        absl::StrCat(valid.start(), valid.end()).find('[') != std::string::npos;
    EXPECT_TRUE(reversed || in_brackets) << bounds.status();
  }
  return all;
}

TEST(BoundsPropertyTest, EachEndIsOrderedAndTheEndCanFollowTheStart) {
  const uint64_t seed = RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  RandomDates dates(seed);
  const std::vector<Bounds> all = RandomBounds(&dates, 20000);
  ASSERT_GT(all.size(), 5000u);
  for (const Bounds& bounds : all) {
    ASSERT_LE(bounds.earliest_start, bounds.latest_start);
    ASSERT_LE(bounds.earliest_end, bounds.latest_end);
    ASSERT_LE(bounds.earliest_start, bounds.latest_end);
  }
}

TEST(BoundsPropertyTest, WhatIsCertainIsPossible) {
  const uint64_t seed = RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  RandomDates dates(seed);
  for (const Bounds& bounds : RandomBounds(&dates, 5000)) {
    for (int i = 0; i < 20; ++i) {
      const Day day = DayOf(dates.Day());
      const bool possible = bounds.earliest_start <= day && day <= bounds.latest_end;
      ASSERT_EQ(HeldOn(bounds, day) != v1::CERTAINTY_NO, possible);
    }
  }
}

TEST(BoundsPropertyTest, OverlapIsADayOnWhichBothAreCertain) {
  const uint64_t seed = RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  RandomDates dates(seed);
  const std::vector<Bounds> all = RandomBounds(&dates, 4000);
  for (size_t i = 1; i < all.size(); ++i) {
    const Bounds& a = all[i - 1];
    const Bounds& b = all[i];
    // If any day is certain for both, the later of the two latest starts is.
    const Day day = std::max(a.latest_start, b.latest_start);
    const bool both = HeldOn(a, day) == v1::CERTAINTY_CERTAIN &&
                      HeldOn(b, day) == v1::CERTAINTY_CERTAIN;
    ASSERT_EQ(CertainlyOverlap(a, b), both);
  }
}

TEST(BoundsPropertyTest, AnApproximateDateContainsTheExactOne) {
  const uint64_t seed = RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  RandomDates dates(seed);
  for (int i = 0; i < 5000; ++i) {
    std::string text = dates.Single();
    if (!absl::ascii_isalnum(text.back())) text.pop_back();
    ASSERT_OK_AND_ASSIGN(const DayRange exact, ParseDate(text));
    ASSERT_OK_AND_ASSIGN(const DayRange approximate, ParseDate(text + "~"));
    ASSERT_LT(approximate.earliest, exact.earliest) << text;
    ASSERT_GT(approximate.latest, exact.latest) << text;
    ASSERT_THAT(ParseDate(text + "?"), ::labgraph::testing::IsOkAndHolds(exact));
    ASSERT_THAT(ParseDate(text + "%"), ::labgraph::testing::IsOkAndHolds(approximate));
  }
}

TEST(BoundsPropertyTest, BoundFieldsReadBackAsTheSameBounds) {
  const uint64_t seed = RandomSeed();
  SCOPED_TRACE(absl::StrCat("LABGRAPH_TEST_SEED=", seed));
  RandomDates dates(seed);
  for (const Bounds& bounds : RandomBounds(&dates, 5000)) {
    v1::ValidTime valid;
    SetBoundFields(bounds, &valid);
    const auto reads_as = [](const std::string& text, Day day) {
      return text.empty() ? day == kDayMin || day == kDayMax : DayOf(text) == day;
    };
    ASSERT_TRUE(reads_as(valid.earliest_start(), bounds.earliest_start));
    ASSERT_TRUE(reads_as(valid.latest_start(), bounds.latest_start));
    ASSERT_TRUE(reads_as(valid.earliest_end(), bounds.earliest_end));
    ASSERT_TRUE(reads_as(valid.latest_end(), bounds.latest_end));
  }
}

}  // namespace
}  // namespace labgraph::schema
