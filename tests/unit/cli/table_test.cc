#include "client/cli/output/table.h"

#include <sstream>

#include "google/protobuf/empty.pb.h"
#include "gtest/gtest.h"

namespace labgraph::cli {
namespace {

std::string TableOf(std::vector<Column> columns, const std::vector<Row>& rows,
                    Look look = {}) {
  std::ostringstream out;
  TablePrinter printer(std::move(columns), look, out);
  for (const Row& row : rows) printer.Add(row, google::protobuf::Empty());
  printer.Finish();
  return out.str();
}

TEST(TableTest, AlignsByDisplayWidth) {
  EXPECT_EQ(TableOf({{"name"}, {"id"}}, {{"financi\xC3\xABle", "a"},
                                         {"\xE6\x97\xA5\xE6\x9C\xAC", "b"},
                                         {"e\xCC\x88", "c"},
                                         {"plain", "d"}}),
            "NAME        ID\n"
            "financi\xC3\xABle  a\n"
            "\xE6\x97\xA5\xE6\x9C\xAC        b\n"
            "e\xCC\x88           c\n"
            "plain       d\n");
}

TEST(TableTest, LeavesNoSpacesAtTheEndOfLines) {
  EXPECT_EQ(TableOf({{"a"}, {"b"}, {"c"}}, {{"1", "", ""}, {"", "2", ""}, {"", "", "3"}}),
            "A  B  C\n"
            "1\n"
            "   2\n"
            "      3\n");
}

TEST(TableTest, WritesNothingWithoutRows) { EXPECT_EQ(TableOf({{"id"}}, {}), ""); }

TEST(TableTest, LeavesOutWhatIsNotForPeople) {
  EXPECT_EQ(TableOf({{"id"},
                     {"exact", Audience::kCsv},
                     {"words", Audience::kTable},
                     {"none", Audience::kNobody}},
                    {{"1", "2", "3", "4"}}),
            "ID  WORDS\n"
            "1   3\n");
}

TEST(TableTest, LeavesOutAnOptionalColumnThatIsEmptyThroughout) {
  const std::vector<Column> columns = {{"id"}, {"rank", Audience::kAll, true}};
  EXPECT_EQ(TableOf(columns, {{"1", ""}, {"2", ""}}), "ID\n1\n2\n");
  EXPECT_EQ(TableOf(columns, {{"1", ""}, {"2", "x"}}), "ID  RANK\n1\n2   x\n");
}

TEST(TableTest, CutsTheWidestColumnsToTheTerminal) {
  const std::vector<Row> rows = {{"lab/caterpillar", "A long description of it"}};
  EXPECT_EQ(TableOf({{"id"}, {"description"}}, rows, {false, 30}),
            "ID              DESCRIPTION\n"
            "lab/caterpill\xE2\x80\xA6  A long descri\xE2\x80\xA6\n");
  // Columns keep their least width even where the terminal is too narrow.
  EXPECT_EQ(TableOf({{"id"}, {"words"}}, rows, {false, 5}),
            "ID        WORDS\n"
            "lab/cat\xE2\x80\xA6  A long \xE2\x80\xA6\n");
}

TEST(TableTest, CutsHeadingsWithTheirColumns) {
  EXPECT_EQ(TableOf({{"visited_statements"}, {"n"}}, {{"7", "1"}}, {false, 12}),
            "VISITED \xE2\x80\xA6  N\n"
            "7          1\n");
}

TEST(TableTest, DoesNotCutWithoutATerminal) {
  const std::string word(500, 'x');
  EXPECT_EQ(TableOf({{"w"}}, {{word}}), "W\n" + word + "\n");
}

TEST(TableTest, ColoursTextButNotTheGaps) {
  EXPECT_EQ(TableOf({{"id"}, {"n"}}, {{{"lab/x", Style::kId}, "1"}}, {true, 0}),
            "\x1b[1mID\x1b[0m     \x1b[1mN\x1b[0m\n"
            "\x1b[36mlab/x\x1b[0m  1\n");
}

TEST(TableTest, GoesOnWithoutEndInTheWidthsOfTheFirstRows) {
  std::vector<Row> rows(1500, Row{"ab", "1"});
  rows.push_back({"much wider", "2"});
  const std::string table = TableOf(
      {
          {"id"},
          {"n"},
      },
      rows);
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1502);
  EXPECT_EQ(table.substr(0, 12), "ID  N\nab  1\n");
  EXPECT_EQ(table.substr(table.size() - 15), "\nmuch wider  2\n");
}

TEST(TableTest, KeepsOptionalColumnsWhenMoreRowsMayFillThem) {
  const std::vector<Row> rows(1500, Row{"ab", ""});
  EXPECT_EQ(TableOf({{"id"}, {"rank", Audience::kAll, true}}, rows).substr(0, 9),
            "ID  RANK\n");
}

TEST(TableTest, DoesNotLetATextSteerTheTerminal) {
  EXPECT_EQ(TableOf({{"n"}}, {{"\x1b[2Jx\ny"}}), "N\n\xEF\xBF\xBD[2Jx y\n");
}

}  // namespace
}  // namespace labgraph::cli
