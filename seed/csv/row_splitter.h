#ifndef LABGRAPH_SEED_CSV_ROW_SPLITTER_H_
#define LABGRAPH_SEED_CSV_ROW_SPLITTER_H_

#include <array>
#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// One cell of a row.
struct Cell {
  // Its text, without quotes around it.
  absl::string_view text;
  // Where in the row it is written.
  size_t offset = 0;
};

// Where a row ends, or what is wrong with it.
struct RowEnd {
  // Up to and with the line end. Of a malformed row: its first line.
  size_t bytes = 0;
  // Line ends in that.
  int lines = 0;
  // What is wrong with it, and where in the row; empty where nothing is.
  std::string problem;
  size_t problem_offset = 0;
};

// Splits rows as RFC 4180 has them: cells in quotes may hold delimiters, line ends and
// doubled quotes; a row ends at LF or CRLF. Not thread-safe.
class RowSplitter {
 public:
  explicit RowSplitter(char delimiter);

  // Splits the row that `text` begins with; `text` is all there is. REQUIRES: not empty.
  RowEnd Split(absl::string_view text);

  // The cells of that row; a line without anything has one. Valid until the next Split
  // and as long as its text.
  const std::vector<Cell>& cells() const { return cells_; }
  std::vector<Cell>& mutable_cells() { return cells_; }

 private:
  // Each reads one cell from `offset` on and gives where it ends; npos after a problem.
  size_t ReadQuoted(absl::string_view text, size_t offset, RowEnd* end);
  size_t ReadPlain(absl::string_view text, size_t offset, RowEnd* end);
  // The text of a quoted cell with each two quotes made one.
  absl::string_view Unescape(absl::string_view quoted);

  const char delimiter_;
  // Whether a character ends a cell without quotes, or is out of place in it.
  std::array<bool, 256> is_special_ = {};
  std::vector<Cell> cells_;
  // Texts of cells with doubled quotes; those in use come first.
  std::deque<std::string> unescaped_;
  size_t unescaped_used_ = 0;
};

// The place of a byte of a row that begins on `line`.
Position PositionInRow(absl::string_view row, int line, size_t offset);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_ROW_SPLITTER_H_
