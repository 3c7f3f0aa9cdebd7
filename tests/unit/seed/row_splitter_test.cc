#include "seed/csv/row_splitter.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace labgraph::seed {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The rows of a text, each as its cells; the problem in the place of a malformed one.
std::vector<std::vector<std::string>> Rows(absl::string_view text, char delimiter = ',') {
  RowSplitter splitter(delimiter);
  std::vector<std::vector<std::string>> rows;
  while (!text.empty()) {
    const RowEnd end = splitter.Split(text);
    rows.emplace_back();
    for (const Cell& cell : splitter.cells()) rows.back().emplace_back(cell.text);
    if (!end.problem.empty()) rows.back() = {"problem"};
    EXPECT_GT(end.bytes, 0u);
    text.remove_prefix(end.bytes);
  }
  return rows;
}

using Row = std::vector<std::string>;

TEST(RowSplitterTest, SplitsPlainCells) {
  EXPECT_THAT(Rows("a,b,c\n"), ElementsAre(Row{"a", "b", "c"}));
  EXPECT_THAT(Rows("a,b,c"), ElementsAre(Row{"a", "b", "c"}));
  EXPECT_THAT(Rows("a\r\nb\nc\r\n"), ElementsAre(Row{"a"}, Row{"b"}, Row{"c"}));
  EXPECT_THAT(Rows(" a , b \n"), ElementsAre(Row{" a ", " b "}));
  EXPECT_THAT(Rows("a;b,c\td\n", ';'), ElementsAre(Row{"a", "b,c\td"}));
  EXPECT_THAT(Rows("a\tb\n", '\t'), ElementsAre(Row{"a", "b"}));
}

TEST(RowSplitterTest, CellsMayBeEmpty) {
  EXPECT_THAT(Rows(",\n"), ElementsAre(Row{"", ""}));
  EXPECT_THAT(Rows("a,,"), ElementsAre(Row{"a", "", ""}));
  EXPECT_THAT(Rows("\n\r\na\n"), ElementsAre(Row{""}, Row{""}, Row{"a"}));
  EXPECT_THAT(Rows("\"\",\"\"\r\n"), ElementsAre(Row{"", ""}));
}

TEST(RowSplitterTest, QuotedCellsHoldWhatTheyLike) {
  EXPECT_THAT(Rows("\"a,b\",\"c\nd\",\"e\r\nf\"\r\ng\n"),
              ElementsAre(Row{"a,b", "c\nd", "e\r\nf"}, Row{"g"}));
  EXPECT_THAT(Rows("\"a \"\"b\"\"\",\"\"\"\"\n"), ElementsAre(Row{"a \"b\"", "\""}));
  EXPECT_THAT(Rows("\"\"\"a\",\"b\"\"\",\"c\"\"\"\"d\""),
              ElementsAre(Row{"\"a", "b\"", "c\"\"d"}));
}

// A CR is part of a line end only before an LF.
TEST(RowSplitterTest, ALoneCarriageReturnIsText) {
  EXPECT_THAT(Rows("a\rb,c\r,d\n"), ElementsAre(Row{"a\rb", "c\r", "d"}));
}

TEST(RowSplitterTest, KnowsWhereCellsAreWritten) {
  RowSplitter splitter(',');
  const std::string text = "ab,\"c\nd\",e\n";
  splitter.Split(text);
  ASSERT_EQ(splitter.cells().size(), 3u);
  const Position quoted = PositionInRow(text, 7, splitter.cells()[1].offset);
  EXPECT_EQ(ToString("f", quoted), "f:7:4");
  const Position behind = PositionInRow(text, 7, splitter.cells()[2].offset);
  EXPECT_EQ(ToString("f", behind), "f:8:4");
}

TEST(RowSplitterTest, AMalformedRowIsItsFirstLine) {
  EXPECT_THAT(Rows("a,\"b\nc,d\ne\n"),
              ElementsAre(Row{"problem"}, Row{"c", "d"}, Row{"e"}));
  EXPECT_THAT(Rows("a,b\"c\nd\n"), ElementsAre(Row{"problem"}, Row{"d"}));
  EXPECT_THAT(Rows("\"a\"b,c\nd\n"), ElementsAre(Row{"problem"}, Row{"d"}));
}

TEST(RowSplitterTest, SaysWhatIsWrongAndWhere) {
  const struct {
    const char* row;
    const char* problem;
    size_t offset;
  } cases[] = {{"ab,\"cd,e\n", "opened here and closed nowhere", 3},
               {"ab,c\"d\"\n", "within a cell that does not begin with one", 4},
               {"ab,\"c\"d\n", "behind the quote that closes it", 6},
               {"ab,\"c\" ,d\n", "behind the quote that closes it", 6}};
  for (const auto& c : cases) {
    RowSplitter splitter(',');
    const RowEnd end = splitter.Split(c.row);
    EXPECT_THAT(end.problem, HasSubstr(c.problem)) << c.row;
    EXPECT_EQ(end.problem_offset, c.offset) << c.row;
  }
}

}  // namespace
}  // namespace labgraph::seed
