#include "seed/csv/csv_format.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "seed/csv/record_field.h"
#include "seed/csv/row_splitter.h"
#include "seed/reader/utf8.h"
#include "simdjson.h"

namespace labgraph::seed {
namespace {

class CsvParser final : public RecordParser {
 public:
  explicit CsvParser(const CsvFormat& format)
      : format_(format), splitter_(format.delimiter()) {}

  void ParseOne(Chunk& chunk, RunWriter& run) override {
    const FilePosition at = chunk.position();
    const RowEnd end = splitter_.Split(chunk.rest());
    row_ = chunk.rest().substr(0, end.bytes);
    line_ = at.line;
    chunk.Consume(end.bytes, end.lines);
    if (!Check(end, run) || IsBlank()) return;
    ClearNulls();
    for (const CompiledRecord& record : format_.records()) AddRecord(record, run);
  }

 private:
  // Whether the row is well formed.
  bool Check(const RowEnd& end, RunWriter& run) {
    if (row_.size() > kMaxRecordBytes) {
      run.Complain({line_, 0},
                   absl::StrCat("a row of more than ", kMaxRecordBytes, " bytes"));
    } else if (!end.problem.empty()) {
      Complain(end.problem_offset, end.problem, run);
    } else if (!simdjson::validate_utf8(row_.data(), row_.size())) {
      Complain(ValidUtf8Prefix(row_), "bytes that are not UTF-8", run);
    } else {
      return IsBlank() || CheckCount(run);
    }
    return false;
  }

  bool CheckCount(RunWriter& run) {
    const std::vector<Cell>& cells = splitter_.cells();
    const std::vector<std::string>& names = format_.columns().names();
    if (cells.size() == names.size()) return true;
    const std::string found =
        absl::StrCat(cells.size(), cells.size() == 1 ? " cell" : " cells", " where ",
                     names.size(), " columns are expected; ");
    if (cells.size() < names.size()) {
      Complain(
          cells.back().offset,
          absl::StrCat(found, "the row ends before column \"", names[cells.size()], "\""),
          run);
    } else {
      Complain(cells[names.size()].offset,
               absl::StrCat(found, "a cell with the delimiter in it goes into quotes"),
               run);
    }
    return false;
  }

  // A line with nothing in it is no row.
  bool IsBlank() const {
    return splitter_.cells().size() == 1 && splitter_.cells()[0].text.empty() &&
           row_[0] != '"';
  }

  void ClearNulls() {
    if (format_.nulls().empty()) return;
    for (Cell& cell : splitter_.mutable_cells()) {
      for (const std::string& null : format_.nulls()) {
        if (cell.text == null) cell.text = {};
      }
    }
  }

  void AddRecord(const CompiledRecord& record, RunWriter& run) {
    const std::vector<Cell>& cells = splitter_.cells();
    for (const int column : record.skip_if_empty) {
      if (cells[column].text.empty()) return;
    }
    FieldWriter writer(&run.wire(), &scratch_);
    switch (writer.Write(record.mutation, CsvRow{cells, line_, format_.file()})) {
      case FieldOutcome::kWritten:
        return run.Add(line_, record.repeats);
      case FieldOutcome::kLeftOut:
        ComplainOfMissing(writer.missing(), writer.missing_column(), run);
        break;
      case FieldOutcome::kProblem:
        Complain(OffsetOf(writer.problem_column()), InColumn(writer), run);
    }
    run.Drop();
  }

  std::string InColumn(const FieldWriter& writer) const {
    const int column = writer.problem_column();
    if (column < 0) return writer.problem();
    return absl::StrCat("column \"", format_.columns().names()[column],
                        "\": ", writer.problem());
  }

  void ComplainOfMissing(const RecordField& field, int column, RunWriter& run) {
    if (column < 0) {
      return Complain(0, absl::StrCat("nothing to make ", field.path, " of"), run);
    }
    const std::string& name = format_.columns().names()[column];
    if (splitter_.cells()[column].text.empty()) {
      Complain(OffsetOf(column),
               absl::StrCat("column \"", name, "\" is empty, and ", field.path,
                            " is made of it; with skip_if_empty: [", name,
                            "] the record would be left out"),
               run);
    } else {
      Complain(OffsetOf(column),
               absl::StrCat("column \"", name, "\" has nothing that ", field.path,
                            " can be made of; a letter or digit would be right"),
               run);
    }
  }

  // Where in the row the cell of a column stands.
  size_t OffsetOf(int column) const {
    return column < 0 ? 0 : splitter_.cells()[column].offset;
  }

  void Complain(size_t offset, std::string message, RunWriter& run) {
    run.Complain(PositionInRow(row_, line_, offset), std::move(message));
  }

  const CsvFormat& format_;
  RowSplitter splitter_;
  std::string scratch_;
  // The row at hand.
  absl::string_view row_;
  int line_ = 0;
};

}  // namespace

// A line end ends a row where the quotes before it are balanced; doubled ones are anyway.
size_t CsvFormat::LastRecordEnd(absl::string_view text) const {
  size_t quotes = std::count(text.begin(), text.end(), '"');
  size_t end = text.size();
  while (end > 0) {
    const size_t line_end = text.rfind('\n', end - 1);
    if (line_end == absl::string_view::npos) return 0;
    quotes -= std::count(text.begin() + line_end, text.begin() + end, '"');
    if (quotes % 2 == 0) return line_end + 1;
    end = line_end;
  }
  return 0;
}

std::unique_ptr<RecordParser> CsvFormat::NewParser() const {
  return std::make_unique<CsvParser>(*this);
}

}  // namespace labgraph::seed
