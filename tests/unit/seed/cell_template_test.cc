#include "seed/csv/cell_template.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seed/csv/cell_filter.h"

namespace labgraph::seed {
namespace {

using ::testing::HasSubstr;

const Columns& TestColumns() {
  static const auto* columns =
      new Columns({"id", "name", "full name", "twice", "twice"}, "the columns are");
  return *columns;
}

// The text for a row of these cells; "(nothing)" where there is none.
std::string Fill(absl::string_view text, const std::vector<std::string>& cells) {
  absl::StatusOr<CellTemplate> parsed = CellTemplate::Parse(text, TestColumns());
  if (!parsed.ok()) return std::string(parsed.status().message());
  std::vector<Cell> row;
  for (const std::string& cell : cells) row.push_back({cell, 0});
  row.resize(TestColumns().size());
  std::string scratch;
  absl::string_view filled;
  int column = 0;
  const CsvRow csv_row{row, 12, "a.csv"};
  return parsed->Fill(csv_row, &scratch, &filled, &column) ? std::string(filled)
                                                           : "(nothing)";
}

TEST(CellTemplateTest, PutsCellsIntoTheText) {
  EXPECT_EQ(Fill("airport/{id}", {"7"}), "airport/7");
  EXPECT_EQ(Fill("{id}", {"7"}), "7");
  EXPECT_EQ(Fill("{id}-{full name}.{id}", {"7", "", "x y"}), "7-x y.7");
  EXPECT_EQ(Fill("fixed", {}), "fixed");
  EXPECT_EQ(Fill("{{{id}}} {{x}}", {"7"}), "{7} {x}");
}

TEST(CellTemplateTest, KnowsLineAndFile) {
  EXPECT_EQ(Fill("{@file}:{@line}", {}), "a.csv:12");
  EXPECT_EQ(Fill("{@line}", {}), "12");
  EXPECT_EQ(Fill("{@file}", {}), "a.csv");
}

TEST(CellTemplateTest, AnEmptyCellLeavesNothing) {
  EXPECT_EQ(Fill("airport/{id}", {""}), "(nothing)");
  EXPECT_EQ(Fill("{id}", {""}), "(nothing)");
  EXPECT_EQ(Fill("{id}{name}", {"", "x"}), "(nothing)");
  EXPECT_EQ(Fill("{id|slug}", {"---"}), "(nothing)");
  EXPECT_EQ(Fill("{id|clean}", {" \x01 "}), "(nothing)");
  EXPECT_EQ(Fill("", {}), "(nothing)");
}

TEST(CellTemplateTest, FiltersCells) {
  EXPECT_EQ(Fill("country/{name|slug}", {"", "Côte d'Ivoire"}), "country/cote-d-ivoire");
  EXPECT_EQ(Fill("<{name|clean}>", {"", " a\tb "}), "<a b>");
}

TEST(CellTemplateTest, SaysWhatIsWrong) {
  EXPECT_THAT(
      Fill("{nmae}", {}),
      HasSubstr("there is no column \"nmae\"; did you mean \"name\"?; the columns "
                "are id, name, full name"));
  EXPECT_THAT(Fill("{}", {}), HasSubstr("there is no column \"\""));
  EXPECT_THAT(Fill("{twice}", {}), HasSubstr("two columns \"twice\""));
  EXPECT_THAT(Fill("{id|slgu}", {}),
              HasSubstr("there is no filter \"slgu\"; did you mean \"slug\"?"));
  EXPECT_THAT(Fill("{id|}", {}), HasSubstr("there is no filter \"\""));
  EXPECT_THAT(Fill("{@lien}", {}),
              HasSubstr("there is no \"@lien\"; did you mean \"@line\"?"));
  EXPECT_THAT(Fill("a{id", {}), HasSubstr("a { without }"));
  EXPECT_THAT(Fill("a}b", {}), HasSubstr("a } without {"));
}

std::string Slug(absl::string_view text) {
  std::string slug;
  AppendSlug(text, &slug);
  return slug;
}

TEST(SlugTest, IsTheKeyOfAnId) {
  EXPECT_EQ(Slug("Papua New Guinea"), "papua-new-guinea");
  EXPECT_EQ(Slug("  A--b__C  "), "a-b-c");
  EXPECT_EQ(Slug("Curaçao, Ünïté"), "curacao-unite");
  EXPECT_EQ(Slug("ﬁnance №5"), "finance-no5");
  EXPECT_EQ(Slug("x Москва y"), "x-y");
  EXPECT_EQ(Slug("Москва"), "");
  EXPECT_EQ(Slug(""), "");
}

std::string Clean(absl::string_view text) {
  std::string clean;
  AppendClean(text, &clean);
  return clean;
}

TEST(CleanTest, LeavesOutControlCharactersAndSpaceAround) {
  EXPECT_EQ(Clean(" \t a b\n"), "a b");
  EXPECT_EQ(Clean("a\nb"), "a b");
  EXPECT_EQ(Clean("Peau Vava\x1b%G"), "Peau Vava%G");
  EXPECT_EQ(Clean("a\xC2\x85"
                  "b\xC2\xA9"
                  "\x7F"),
            "ab\xC2\xA9");
  EXPECT_EQ(Clean("é"), "é");
  EXPECT_EQ(Clean(""), "");
}

}  // namespace
}  // namespace labgraph::seed
