#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/limits.h"
#include "server/schema/edtf.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::schema {
namespace {

using ::labgraph::testing::FailsAt;
using ::testing::HasSubstr;

struct GoldenDate {
  const char* text;
  const char* earliest;  // "" where nothing bounds it
  const char* latest;
};

class GoldenDateTest : public ::testing::TestWithParam<GoldenDate> {};

TEST_P(GoldenDateTest, HasTheseBounds) {
  ASSERT_OK_AND_ASSIGN(const DayRange range, ParseDate(GetParam().text));
  EXPECT_EQ(FormatDay(range.earliest), GetParam().earliest) << GetParam().text;
  EXPECT_EQ(FormatDay(range.latest), GetParam().latest) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Precision, GoldenDateTest,
    ::testing::Values(GoldenDate{"2021", "2021-01-01", "2021-12-31"},
                      GoldenDate{"2021-07", "2021-07-01", "2021-07-31"},
                      GoldenDate{"2021-07-14", "2021-07-14", "2021-07-14"},
                      GoldenDate{"2020-02", "2020-02-01", "2020-02-29"},
                      GoldenDate{"2021-02", "2021-02-01", "2021-02-28"},
                      GoldenDate{"2000-02-29", "2000-02-29", "2000-02-29"},
                      GoldenDate{"0360", "0360-01-01", "0360-12-31"},
                      GoldenDate{"9999-12-31", "9999-12-31", "9999-12-31"}));

INSTANTIATE_TEST_SUITE_P(
    BeforeChrist, GoldenDateTest,
    ::testing::Values(GoldenDate{"0000", "0000-01-01", "0000-12-31"},
                      GoldenDate{"0000-02-29", "0000-02-29", "0000-02-29"},
                      GoldenDate{"-0001-12-31", "-0001-12-31", "-0001-12-31"},
                      GoldenDate{"-0044-03-15", "-0044-03-15", "-0044-03-15"},
                      GoldenDate{"-0004-02-29", "-0004-02-29", "-0004-02-29"},
                      GoldenDate{"-9999", "-9999-01-01", "-9999-12-31"}));

INSTANTIATE_TEST_SUITE_P(
    UnknownDigits, GoldenDateTest,
    ::testing::Values(GoldenDate{"195X", "1950-01-01", "1959-12-31"},
                      GoldenDate{"19XX", "1900-01-01", "1999-12-31"},
                      GoldenDate{"1XXX", "1000-01-01", "1999-12-31"},
                      GoldenDate{"000X", "0000-01-01", "0009-12-31"},
                      GoldenDate{"-08XX", "-0899-01-01", "-0800-12-31"},
                      GoldenDate{"-004X", "-0049-01-01", "-0040-12-31"},
                      GoldenDate{"-000X", "-0009-01-01", "-0001-12-31"},
                      GoldenDate{"2021-XX", "2021-01-01", "2021-12-31"},
                      GoldenDate{"2021-XX-XX", "2021-01-01", "2021-12-31"},
                      GoldenDate{"2021-12-XX", "2021-12-01", "2021-12-31"}));

INSTANTIATE_TEST_SUITE_P(
    PartsOfAYear, GoldenDateTest,
    ::testing::Values(GoldenDate{"2021-21", "2021-03-01", "2021-05-31"},
                      GoldenDate{"2021-22", "2021-06-01", "2021-08-31"},
                      GoldenDate{"2021-23", "2021-09-01", "2021-11-30"},
                      GoldenDate{"2021-24", "2021-12-01", "2022-02-28"},
                      GoldenDate{"2019-24", "2019-12-01", "2020-02-29"},
                      GoldenDate{"2021-33", "2021-01-01", "2021-03-31"},
                      GoldenDate{"2021-34", "2021-04-01", "2021-06-30"},
                      GoldenDate{"2021-35", "2021-07-01", "2021-09-30"},
                      GoldenDate{"2021-36", "2021-10-01", "2021-12-31"},
                      GoldenDate{"2021-37", "2021-01-01", "2021-04-30"},
                      GoldenDate{"2021-38", "2021-05-01", "2021-08-31"},
                      GoldenDate{"2021-39", "2021-09-01", "2021-12-31"},
                      GoldenDate{"2021-40", "2021-01-01", "2021-06-30"},
                      GoldenDate{"2021-41", "2021-07-01", "2021-12-31"}));

INSTANTIATE_TEST_SUITE_P(
    Qualified, GoldenDateTest,
    ::testing::Values(GoldenDate{"2021?", "2021-01-01", "2021-12-31"},
                      GoldenDate{"2021-07-14?", "2021-07-14", "2021-07-14"},
                      GoldenDate{"2021-07-14~", "2021-07-07", "2021-07-21"},
                      GoldenDate{"2021-07-14%", "2021-07-07", "2021-07-21"},
                      GoldenDate{"2021-01-03~", "2020-12-27", "2021-01-10"},
                      GoldenDate{"2021-07~", "2021-06-01", "2021-08-31"},
                      GoldenDate{"2021-07%", "2021-06-01", "2021-08-31"},
                      GoldenDate{"2021-12~", "2021-11-01", "2022-01-31"},
                      GoldenDate{"2022-12~", "2022-11-01", "2023-01-31"},
                      GoldenDate{"2021-01~", "2020-12-01", "2021-02-28"},
                      GoldenDate{"2021~", "2020-01-01", "2022-12-31"},
                      GoldenDate{"2021-22~", "2021-03-01", "2021-11-30"},
                      GoldenDate{"2021-33~", "2020-10-01", "2021-06-30"},
                      GoldenDate{"2021-38~", "2021-01-01", "2021-12-31"},
                      GoldenDate{"2021-41~", "2021-01-01", "2022-06-30"},
                      GoldenDate{"195X~", "1940-01-01", "1969-12-31"},
                      GoldenDate{"19XX~", "1800-01-01", "2099-12-31"},
                      GoldenDate{"2021-XX~", "2020-01-01", "2022-12-31"},
                      GoldenDate{"2021-12-XX~", "2021-11-01", "2022-01-31"},
                      GoldenDate{"9999~", "9998-01-01", "+10000-12-31"},
                      GoldenDate{"-9999~", "-10000-01-01", "-9998-12-31"}));

INSTANTIATE_TEST_SUITE_P(
    Brackets, GoldenDateTest,
    ::testing::Values(GoldenDate{"[2021-06..2023-04]", "2021-06-01", "2023-04-30"},
                      GoldenDate{"[2021..2021-03]", "2021-01-01", "2021-03-31"},
                      GoldenDate{"[2021-06..2021]", "2021-06-01", "2021-12-31"},
                      GoldenDate{"[2021-07-14..2021-07-14]", "2021-07-14", "2021-07-14"},
                      GoldenDate{"[2021-07~..2023?]", "2021-06-01", "2023-12-31"},
                      GoldenDate{"[-0044..195X]", "-0044-01-01", "1959-12-31"},
                      GoldenDate{"[2021-06..]", "2021-06-01", ""},
                      GoldenDate{"[..2023-04~]", "", "2023-05-31"}));

TEST(ParseDateTest, LeavesTheOpenSideOfBracketsUnbounded) {
  ASSERT_OK_AND_ASSIGN(const DayRange after, ParseDate("[2021..]"));
  EXPECT_EQ(after.latest, kDayMax);
  ASSERT_OK_AND_ASSIGN(const DayRange before, ParseDate("[..2021]"));
  EXPECT_EQ(before.earliest, kDayMin);
}

struct MalformedDate {
  const char* text;
  size_t position;
  const char* hint;  // part of what the error says
};

class MalformedDateTest : public ::testing::TestWithParam<MalformedDate> {};

TEST_P(MalformedDateTest, IsRefusedAtItsPositionWithAHint) {
  const absl::Status status = ParseDate(GetParam().text).status();
  ASSERT_THAT(status, FailsAt(v1::ERROR_REASON_DATE_MALFORMED, "")) << GetParam().text;
  EXPECT_EQ(MetaOf(status, "position"), absl::StrCat(GetParam().position))
      << GetParam().text;
  EXPECT_EQ(MetaOf(status, "value"), GetParam().text);
  EXPECT_THAT(std::string(status.message()), HasSubstr(GetParam().hint));
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, MalformedDateTest,
    ::testing::Values(
        MalformedDate{"", 0, "empty"}, MalformedDate{"360", 3, "\"0360\""},
        MalformedDate{"-44", 3, "\"-0044\""}, MalformedDate{"360-05", 3, "\"0360\""},
        MalformedDate{"12021", 4, "write for example"},
        MalformedDate{"20210714", 4, "write for example"},
        MalformedDate{"-0000", 0, "1 BC"}, MalformedDate{"2021-13", 5, "01 to 12"},
        MalformedDate{"2021-00", 5, "01 to 12"}, MalformedDate{"2021-20", 5, "21 to 24"},
        MalformedDate{"2021-25", 5, "21 to 24"}, MalformedDate{"2021-32", 5, "33 to 41"},
        MalformedDate{"2021-42", 5, "33 to 41"}, MalformedDate{"2021-7", 6, "two digits"},
        MalformedDate{"2021-", 5, "two digits"},
        MalformedDate{"2021-07-", 8, "two digits"},
        MalformedDate{"2021-02-30", 8, "01 to 28"},
        MalformedDate{"2020-02-30", 8, "01 to 29"},
        MalformedDate{"1900-02-29", 8, "01 to 28"},
        MalformedDate{"-0001-02-29", 9, "01 to 28"},
        MalformedDate{"2021-07-00", 8, "01 to 31"},
        MalformedDate{"2021-21-01", 7, "write for example"},
        MalformedDate{"2021-07-14-01", 10, "write for example"},
        MalformedDate{"2021 ", 4, "write for example"},
        MalformedDate{" 2021", 0, "write for example"},
        MalformedDate{"juli 2021", 0, "write for example"},
        MalformedDate{"2021/07/14", 4, "start and end"}));

INSTANTIATE_TEST_SUITE_P(UnknownDigits, MalformedDateTest,
                         ::testing::Values(MalformedDate{"XXXX", 0, "left empty"},
                                           MalformedDate{"19X5", 3, "from the right"},
                                           MalformedDate{"19X", 3, "four digits"},
                                           MalformedDate{"195x", 3, "capital"},
                                           MalformedDate{"195X-07", 4, "\"195X\""},
                                           MalformedDate{"195X-XX", 4, "\"195X\""},
                                           MalformedDate{"2021-XX-14", 8, "\"XX\""},
                                           MalformedDate{"2021-1X", 6, "\"XX\""},
                                           MalformedDate{"2021-12-1X", 9, "\"XX\""}));

INSTANTIATE_TEST_SUITE_P(
    OtherForms, MalformedDateTest,
    ::testing::Values(MalformedDate{"2021/2022", 4, "start and end"},
                      MalformedDate{"2021-07-14T10:00:00", 10, "time of day"},
                      MalformedDate{"Y17000", 0, "four digits"},
                      MalformedDate{"+2021", 0, "\"+\""},
                      MalformedDate{"~2021", 0, "at the end"},
                      MalformedDate{"2021~-07", 5, "write for example"},
                      MalformedDate{"2021?~", 5, "once"},
                      MalformedDate{"..", 0, "stands alone"},
                      MalformedDate{"2021..2022", 4, "[2021-06..2023-04]"},
                      MalformedDate{"{2021,2022}", 0, "a set"},
                      MalformedDate{"[2021,2022]", 5, "a set"},
                      MalformedDate{"[2021]", 5, "brackets enclose"},
                      MalformedDate{"[..]", 3, "brackets enclose"},
                      MalformedDate{"[]", 1, "brackets enclose"},
                      MalformedDate{"[2021..2022", 11, "too early"},
                      MalformedDate{"[2021..2022]~", 12, "at the end"},
                      MalformedDate{"[[2021..2022]..2023]", 1, "brackets enclose"},
                      MalformedDate{"[2023..2021]", 7, "before the first"},
                      MalformedDate{"[2021..2022..2023]", 11, "\"..\""}));

TEST(ParseDateTest, RefusesEveryDayThatIsNotInTheCalendar) {
  const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (int month = 1; month <= 12; ++month) {
    const std::string prefix =
        absl::StrCat("2021-", absl::Dec(month, absl::kZeroPad2), "-");
    EXPECT_OK(ParseDate(absl::StrCat(prefix, days[month - 1])));
    EXPECT_FALSE(ParseDate(absl::StrCat(prefix, days[month - 1] + 1)).ok()) << prefix;
  }
}

TEST(ParseDateTest, LimitsTheLength) {
  const std::string at_limit(limits::kDateBytes.value, '2');
  EXPECT_THAT(ParseDate(at_limit), FailsAt(v1::ERROR_REASON_DATE_MALFORMED, ""));
  EXPECT_THAT(ParseDate(at_limit + "2"), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, ""));
  EXPECT_THAT(ParseDay(at_limit), FailsAt(v1::ERROR_REASON_DATE_MALFORMED, ""));
  EXPECT_THAT(ParseDay(at_limit + "2"), FailsAt(v1::ERROR_REASON_LIMIT_EXCEEDED, ""));
}

TEST(ParseDayTest, AcceptsExactlyOneDay) {
  EXPECT_THAT(ParseDay("1970-01-01"), ::labgraph::testing::IsOkAndHolds(0));
  EXPECT_THAT(ParseDay("1969-12-31"), ::labgraph::testing::IsOkAndHolds(-1));
  EXPECT_THAT(ParseDay("2000-03-01"), ::labgraph::testing::IsOkAndHolds(11017));
  EXPECT_THAT(ParseDay("0000-01-01"), ::labgraph::testing::IsOkAndHolds(-719528));
  for (const char* text :
       {"", "2021", "2021-07", "2021-07-14~", "2021-07-XX", "..", "today",
        "[2021-07-14..2021-07-14]", "2021-07-14 ", "2021-02-29"}) {
    EXPECT_THAT(ParseDay(text), FailsAt(v1::ERROR_REASON_DATE_MALFORMED, "")) << text;
  }
}

TEST(FormatDayTest, GivesTheTextThatParseDayReads) {
  ASSERT_OK_AND_ASSIGN(const Day first, ParseDay("-9999-01-01"));
  ASSERT_OK_AND_ASSIGN(const Day last, ParseDay("9999-12-31"));
  for (Day day = first; day <= last; day += 97) {
    EXPECT_THAT(ParseDay(FormatDay(day)), ::labgraph::testing::IsOkAndHolds(day));
  }
  EXPECT_EQ(FormatDay(last + 1), "+10000-01-01");
  EXPECT_EQ(FormatDay(first - 1), "-10000-12-31");
}

TEST(FormatDayTest, GivesNothingForTheDaysThatBoundNothing) {
  EXPECT_EQ(FormatDay(kDayMin), "");
  EXPECT_EQ(FormatDay(kDayMax), "");
}

}  // namespace
}  // namespace labgraph::schema
