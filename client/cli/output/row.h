#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_ROW_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_ROW_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace labgraph::cli {

// What a cell is, for colours.
enum class Style { kPlain, kId, kFaint, kDoubt };

struct Cell {
  Cell() = default;
  Cell(std::string text, Style style = Style::kPlain)  // NOLINT: a text is a cell
      : text(std::move(text)), style(style) {}
  Cell(const char* text) : text(text) {}  // NOLINT

  std::string text;
  Style style = Style::kPlain;
};

// One cell for each column, whatever the format shows of them.
using Row = std::vector<Cell>;

// Who gets to see a column: people want few and readable ones, programs exact and
// constant ones.
enum class Audience { kAll, kTable, kCsv, kNobody };

struct Column {
  std::string name;  // as in the CSV header
  Audience audience = Audience::kAll;
  // Left out of a table in which all its cells are empty.
  bool optional = false;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_ROW_H_
