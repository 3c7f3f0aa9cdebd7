#include "seed/csv/mapping_reader.h"

#include <filesystem>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "seed/csv/csv_format.h"
#include "seed/csv/data_files.h"
#include "seed/csv_mapping.pb.h"
#include "seed/reader/message_reader.h"
#include "seed/reader/read_context.h"
#include "seed/reader/required.h"
#include "seed/reader/yaml_loader.h"

namespace labgraph::seed {
namespace {

namespace fs = std::filesystem;

constexpr char kDefaultDelimiter = ',';

char DelimiterOf(const CsvMapping& mapping, const ReadContext& context) {
  const std::string& delimiter = mapping.delimiter();
  if (delimiter.empty()) return kDefaultDelimiter;
  if (delimiter.size() == 1 && delimiter.find_first_of("\"\r\n") == std::string::npos) {
    return delimiter[0];
  }
  context.Complain(context.source_map->Find("delimiter"),
                   absl::StrCat("delimiter is \"", delimiter, "\""),
                   "one ASCII character that is no quote and no line end would be right");
  return kDefaultDelimiter;
}

void Check(const CsvMapping& mapping, const ReadContext& context) {
  RequireText(mapping.name(), "name", context);
  Require(mapping.files_size() > 0, "files", context);
  Require(mapping.records_size() > 0, "records", context);
  for (int i = 0; i < mapping.records_size(); ++i) {
    RequireOneof(mapping.records(i), "record", absl::StrCat("records[", i, "]"),
                 "puts nothing", context);
  }
}

std::vector<std::string> FilesOf(const CsvMapping& mapping, const ReadContext& context) {
  const std::string folder = fs::path(context.file).parent_path().string();
  std::vector<std::string> files;
  for (int i = 0; i < mapping.files_size(); ++i) {
    absl::StatusOr<std::vector<std::string>> found =
        FindDataFiles(folder, mapping.files(i));
    if (found.ok()) {
      files.insert(files.end(), found->begin(), found->end());
    } else {
      context.Complain(context.source_map->Find(absl::StrCat("files[", i, "]")),
                       found.status().message(), "a file that exists would be right");
    }
  }
  return files;
}

Columns ColumnsGiven(const CsvMapping& mapping) {
  return Columns({mapping.columns().begin(), mapping.columns().end()}, "the columns are");
}

// A file made ready to be loaded.
BulkFile Prepare(const std::string& path, const CsvMapping& mapping, char delimiter,
                 absl::string_view text, const ReadContext& context) {
  const bool has_header = mapping.columns().empty();
  const CsvHeader header = ReadHeader(path, delimiter, has_header, context.problems);
  const std::string name = fs::path(path).filename().string();
  Columns columns = has_header ? Columns(header.columns, absl::StrCat(name, " has"))
                               : ColumnsGiven(mapping);
  // A file without a header has been complained about, and not once for each column.
  std::vector<CompiledRecord> records;
  if (columns.size() > 0) records = CompileRecords(mapping, columns, context);
  auto format = std::make_shared<CsvFormat>(
      name, delimiter, std::move(columns),
      std::vector<std::string>(mapping.nulls().begin(), mapping.nulls().end()),
      std::move(records));
  return {path, std::move(format), header.begin, std::string(text)};
}

}  // namespace

std::vector<BulkFile> ReadMapping(const std::string& file, absl::string_view text,
                                  Problems* problems) {
  SourceMap source_map;
  const ReadContext context{file, problems, &source_map};
  absl::optional<YamlNode> root = LoadYaml(file, text, problems);
  if (!root.has_value()) return {};
  CsvMapping mapping;
  ReadMessage(*root, "", &mapping, context);
  if (root->kind != YamlNode::Kind::kMap) return {};
  Check(mapping, context);
  const char delimiter = DelimiterOf(mapping, context);
  std::vector<BulkFile> files;
  for (const std::string& path : FilesOf(mapping, context)) {
    files.push_back(Prepare(path, mapping, delimiter, text, context));
  }
  // Without a file, what is wrong with the records is found all the same.
  if (files.empty() && !mapping.columns().empty()) {
    CompileRecords(mapping, ColumnsGiven(mapping), context);
  }
  return files;
}

}  // namespace labgraph::seed
