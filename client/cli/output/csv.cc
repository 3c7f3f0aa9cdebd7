#include "client/cli/output/csv.h"

#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace labgraph::cli {
namespace {

bool IsShown(const Column& column) {
  return column.audience == Audience::kAll || column.audience == Audience::kCsv;
}

void WriteRecord(const std::vector<std::string>& fields, std::ostream& out) {
  out << absl::StrJoin(fields, ",") << "\r\n";
}

}  // namespace

std::string CsvField(absl::string_view text) {
  if (text.find_first_of(",\"\r\n") == absl::string_view::npos) return std::string(text);
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

CsvPrinter::CsvPrinter(std::vector<Column> columns, std::ostream& out)
    : columns_(std::move(columns)), out_(out) {
  std::vector<std::string> names;
  for (const Column& column : columns_) {
    if (IsShown(column)) names.push_back(CsvField(column.name));
  }
  WriteRecord(names, out_);
}

void CsvPrinter::Add(const Row& row, const google::protobuf::Message& message) {
  std::vector<std::string> fields;
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (IsShown(columns_[i])) fields.push_back(CsvField(row[i].text));
  }
  WriteRecord(fields, out_);
}

void CsvPrinter::Finish() { out_.flush(); }

}  // namespace labgraph::cli
