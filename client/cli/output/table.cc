#include "client/cli/output/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "client/cli/output/display_width.h"

namespace labgraph::cli {
namespace {

constexpr size_t kRowsHeldBack = 1000;
constexpr size_t kGap = 2;
// Columns are not made narrower than this, even if lines then do not fit.
constexpr size_t kNarrowest = 8;

std::string Heading(const Column& column) {
  return absl::AsciiStrToUpper(absl::StrReplaceAll(column.name, {{"_", " "}}));
}

// Collects the cells of a line: each is filled up only when another follows, so that no
// line ends in spaces.
class Line {
 public:
  explicit Line(std::ostream& out) : out_(out) {}

  void Append(const std::string& text, size_t text_width, size_t column_width) {
    if (text_width > 0) {
      out_ << std::string(pending_, ' ') << text;
      pending_ = 0;
    }
    pending_ += kGap + column_width - std::min(text_width, column_width);
  }
  void End() { out_ << '\n'; }

 private:
  std::ostream& out_;
  size_t pending_ = 0;
};

}  // namespace

TablePrinter::TablePrinter(std::vector<Column> columns, Look look, std::ostream& out)
    : columns_(std::move(columns)), look_(look), out_(out) {}

void TablePrinter::Add(const Row& row, const google::protobuf::Message& message) {
  Row printable;
  for (const Cell& cell : row) printable.emplace_back(Printable(cell.text), cell.style);
  if (laid_out_) {
    WriteRow(printable);
    return;
  }
  held_back_.push_back(std::move(printable));
  if (held_back_.size() > kRowsHeldBack) LayOut(/*complete=*/false);
}

void TablePrinter::Finish() {
  if (!laid_out_ && !held_back_.empty()) LayOut(/*complete=*/true);
  out_.flush();
}

void TablePrinter::LayOut(bool complete) {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (!IsShown(i, complete)) continue;
    shown_.push_back(i);
    widths_.push_back(std::max(DisplayWidth(columns_[i].name), WidestCell(i)));
  }
  if (look_.width > 0) Shrink();
  laid_out_ = true;
  WriteHeader();
  for (const Row& row : held_back_) WriteRow(row);
  held_back_.clear();
}

bool TablePrinter::IsShown(size_t column, bool complete) const {
  const Audience audience = columns_[column].audience;
  if (audience != Audience::kAll && audience != Audience::kTable) return false;
  if (!columns_[column].optional || !complete) return true;
  return std::any_of(held_back_.begin(), held_back_.end(),
                     [column](const Row& row) { return !row[column].text.empty(); });
}

size_t TablePrinter::WidestCell(size_t column) const {
  size_t widest = 0;
  for (const Row& row : held_back_) {
    widest = std::max(widest, DisplayWidth(row[column].text));
  }
  return widest;
}

void TablePrinter::Shrink() {
  size_t total =
      std::accumulate(widths_.begin(), widths_.end(), kGap * (widths_.size() - 1));
  while (total > look_.width) {
    const auto widest = std::max_element(widths_.begin(), widths_.end());
    if (*widest <= kNarrowest) return;
    --*widest;
    --total;
  }
}

std::string TablePrinter::Cut(const std::string& text, size_t width) const {
  return look_.width > 0 ? CutToWidth(text, width) : text;
}

void TablePrinter::WriteHeader() {
  Line line(out_);
  for (size_t i = 0; i < shown_.size(); ++i) {
    const std::string heading = Cut(Heading(columns_[shown_[i]]), widths_[i]);
    line.Append(Bold(heading, look_), DisplayWidth(heading), widths_[i]);
  }
  line.End();
}

void TablePrinter::WriteRow(const Row& row) {
  Line line(out_);
  for (size_t i = 0; i < shown_.size(); ++i) {
    const Cell& cell = row[shown_[i]];
    const std::string text = Cut(cell.text, widths_[i]);
    line.Append(Colored(text, cell.style, look_), DisplayWidth(text), widths_[i]);
  }
  line.End();
}

}  // namespace labgraph::cli
