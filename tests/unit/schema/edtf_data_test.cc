// Dates that others wrote: the temporal knowledge graphs beside the repository.

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/schema/edtf.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::schema {
namespace {

using ::testing::ElementsAre;

// "1952-##-##" to "1952", "195#-##-##" to "195X", "-44-03-##" to "-0044-03"; "" for
// unknown.
std::string ToEdtf(absl::string_view text) {
  const bool negative = absl::ConsumePrefix(&text, "-");
  std::vector<std::string> parts = absl::StrSplit(text, '-');
  while (!parts.empty() && absl::StrReplaceAll(parts.back(), {{"#", ""}}).empty()) {
    parts.pop_back();
  }
  if (parts.empty()) return "";
  std::string& year = parts.front();
  if (year.size() < 4) year.insert(0, 4 - year.size(), '0');
  std::string edtf = negative ? "-" : "";
  for (const std::string& part : parts) {
    absl::StrAppend(&edtf, &part == &parts.front() ? "" : "-",
                    absl::StrReplaceAll(part, {{"#", "X"}}));
  }
  return edtf;
}

TEST(ToEdtfTest, ConvertsTheFormsOfTheData) {
  EXPECT_EQ(ToEdtf("1952-##-##"), "1952");
  EXPECT_EQ(ToEdtf("195#-##-##"), "195X");
  EXPECT_EQ(ToEdtf("360-##-##"), "0360");
  EXPECT_EQ(ToEdtf("-44-##-##"), "-0044");
  EXPECT_EQ(ToEdtf("-08##-##-##"), "-08XX");
  EXPECT_EQ(ToEdtf("2004-06-##"), "2004-06");
  EXPECT_EQ(ToEdtf("1925-04-23"), "1925-04-23");
  EXPECT_EQ(ToEdtf("####-##-##"), "");
}

// Every date of a data set, start and end, with how often it occurs.
std::map<std::string, int> ReadDates(const std::string& folder) {
  std::map<std::string, int> dates;
  for (const char* file : {"train.txt", "valid.txt", "test.txt"}) {
    std::ifstream lines(absl::StrCat(folder, "/", file));
    for (std::string line; std::getline(lines, line);) {
      const std::vector<std::string> columns =
          absl::StrSplit(absl::StripAsciiWhitespace(line), '\t');
      if (columns.size() != 5) continue;
      ++dates[columns[3]];
      ++dates[columns[4]];
    }
  }
  return dates;
}

// Parses all dates of a data set, and returns those that are refused.
std::vector<std::string> RefusedDates(const std::map<std::string, int>& dates) {
  std::vector<std::string> refused;
  for (const auto& [text, count] : dates) {
    const std::string edtf = ToEdtf(text);
    if (edtf.empty()) continue;
    const absl::StatusOr<DayRange> range = ParseDate(edtf);
    if (!range.ok()) {
      refused.push_back(text);
      continue;
    }
    EXPECT_LE(range->earliest, range->latest) << text;
    EXPECT_EQ(FormatDay(range->earliest).substr(0, 2), edtf.substr(0, 2)) << text;
  }
  return refused;
}

int Total(const std::map<std::string, int>& dates) {
  int total = 0;
  for (const auto& [text, count] : dates) total += count;
  return total;
}

TEST(EdtfDataTest, ReadsEveryDateOfYago) {
  const auto dates = ReadDates(absl::StrCat(LABGRAPH_SHARED_DATA, "/temporal-kg/yago"));
  if (dates.empty()) GTEST_SKIP() << "no temporal-kg data in " << LABGRAPH_SHARED_DATA;
  EXPECT_EQ(Total(dates), 2 * 20509);
  // Months 64 and 13047 are slips of the data's.
  EXPECT_THAT(RefusedDates(dates), ElementsAre("1963-64-65", "307-13047-09"));
}

TEST(EdtfDataTest, ReadsEveryDateOfWikidata) {
  const auto dates =
      ReadDates(absl::StrCat(LABGRAPH_SHARED_DATA, "/temporal-kg/wikidata"));
  if (dates.empty()) GTEST_SKIP() << "no temporal-kg data in " << LABGRAPH_SHARED_DATA;
  EXPECT_EQ(Total(dates), 2 * 40621);
  EXPECT_THAT(RefusedDates(dates), ElementsAre());
}

}  // namespace
}  // namespace labgraph::schema
