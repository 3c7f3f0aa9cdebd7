#include "seed/csv/row_splitter.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "seed/bulk/file_position.h"

namespace labgraph::seed {
namespace {

constexpr size_t kNone = absl::string_view::npos;
constexpr char kCloseQuote[] = "a quote at the end of the cell would be right";
constexpr char kDoubleQuote[] = "a quote within a cell is written twice";

size_t Fail(std::string problem, size_t offset, RowEnd* end) {
  end->problem = std::move(problem);
  end->problem_offset = offset;
  return kNone;
}

// Bytes of the line end at `offset`: 0, 1 or 2.
size_t LineEndAt(absl::string_view text, size_t offset) {
  if (offset >= text.size()) return 0;
  if (text[offset] == '\n') return 1;
  return text.substr(offset, 2) == "\r\n" ? 2 : 0;
}

}  // namespace

RowSplitter::RowSplitter(char delimiter) : delimiter_(delimiter) {
  for (char c : {delimiter, '\n', '"'}) is_special_[static_cast<unsigned char>(c)] = true;
}

RowEnd RowSplitter::Split(absl::string_view text) {
  cells_.clear();
  unescaped_used_ = 0;
  RowEnd end;
  for (size_t offset = 0;; ++offset) {
    const bool quoted = offset < text.size() && text[offset] == '"';
    offset = quoted ? ReadQuoted(text, offset, &end) : ReadPlain(text, offset, &end);
    if (offset == kNone) break;
    const size_t line_end = LineEndAt(text, offset);
    if (line_end > 0 || offset == text.size()) {
      end.bytes = offset + line_end;
      end.lines += line_end > 0 ? 1 : 0;
      return end;
    }
  }
  const size_t line_end = text.find('\n');
  end.bytes = line_end == kNone ? text.size() : line_end + 1;
  end.lines = line_end == kNone ? 0 : 1;
  return end;
}

size_t RowSplitter::ReadQuoted(absl::string_view text, size_t offset, RowEnd* end) {
  bool doubled = false;
  size_t close = text.find('"', offset + 1);
  while (close != kNone && text.substr(close + 1, 1) == "\"") {
    doubled = true;
    close = text.find('"', close + 2);
  }
  if (close == kNone) {
    return Fail(
        absl::StrCat("a quote that is opened here and closed nowhere; ", kCloseQuote),
        offset, end);
  }
  const absl::string_view cell = text.substr(offset + 1, close - offset - 1);
  const int lines = CountLineEnds(cell);
  end->lines += lines;
  cells_.push_back({doubled ? Unescape(cell) : cell, offset});
  const size_t next = close + 1;
  if (next == text.size() || text[next] == delimiter_ || LineEndAt(text, next) > 0) {
    return next;
  }
  // Over several lines it is more likely the end of the cell that lacks its quote.
  if (lines > 0) {
    return Fail(absl::StrCat("a quote that is opened here and closed ", lines,
                             lines == 1 ? " line" : " lines",
                             " below, within another cell; ", kCloseQuote),
                offset, end);
  }
  return Fail(
      absl::StrCat("a cell that goes on behind the quote that closes it; ", kDoubleQuote),
      next, end);
}

size_t RowSplitter::ReadPlain(absl::string_view text, size_t offset, RowEnd* end) {
  size_t next = offset;
  while (next < text.size() && !is_special_[static_cast<unsigned char>(text[next])]) {
    ++next;
  }
  if (next < text.size() && text[next] == '"') {
    return Fail(absl::StrCat("a quote within a cell that does not begin with one; put "
                             "the cell in quotes, and ",
                             kDoubleQuote),
                next, end);
  }
  const bool crlf = next > offset && text[next - 1] == '\r' && LineEndAt(text, next) > 0;
  if (crlf) --next;
  cells_.push_back({text.substr(offset, next - offset), offset});
  return next;
}

absl::string_view RowSplitter::Unescape(absl::string_view quoted) {
  if (unescaped_used_ == unescaped_.size()) unescaped_.emplace_back();
  std::string& text = unescaped_[unescaped_used_++];
  text.clear();
  for (size_t i = 0; i < quoted.size(); ++i) {
    text.push_back(quoted[i]);
    if (quoted[i] == '"') ++i;
  }
  return text;
}

Position PositionInRow(absl::string_view row, int line, size_t offset) {
  const absl::string_view before = row.substr(0, offset);
  // npos + 1 is 0.
  const size_t line_begin = before.rfind('\n') + 1;
  return {line + CountLineEnds(before), static_cast<int>(offset - line_begin) + 1};
}

}  // namespace labgraph::seed
