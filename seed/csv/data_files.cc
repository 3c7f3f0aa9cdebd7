#include "seed/csv/data_files.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "seed/bulk/bulk_format.h"
#include "seed/csv/row_splitter.h"
#include "seed/reader/utf8.h"

namespace labgraph::seed {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> Matches(const fs::path& pattern) {
  std::vector<std::string> found;
  const std::string name_pattern = pattern.filename().string();
  std::error_code error;
  for (fs::directory_iterator it(pattern.parent_path(), error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    if (fnmatch(name_pattern.c_str(), name.c_str(), FNM_PERIOD) == 0 &&
        it->is_regular_file(ignored)) {
      found.push_back(it->path().string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FindDataFiles(const std::string& folder,
                                                       const std::string& pattern) {
  const fs::path path = fs::path(folder.empty() ? "." : folder) / pattern;
  if (pattern.find_first_of("*?") == std::string::npos) {
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) {
      return std::vector<std::string>{(fs::path(folder) / pattern).string()};
    }
    return absl::NotFoundError(
        absl::StrCat("there is no file \"", pattern, "\" beside the mapping"));
  }
  std::vector<std::string> found = Matches(path);
  if (found.empty()) {
    return absl::NotFoundError(
        absl::StrCat("no file beside the mapping matches \"", pattern, "\""));
  }
  return found;
}

CsvHeader ReadHeader(const std::string& path, char delimiter, bool has_header,
                     Problems* problems) {
  CsvHeader header;
  std::string text(kMaxRecordBytes, '\0');
  std::ifstream stream(path, std::ios::binary);
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(stream.gcount()));
  header.begin.byte = ByteOrderMarkBytes(path);
  if (!has_header) return header;

  const absl::string_view rest = absl::string_view(text).substr(header.begin.byte);
  if (rest.empty()) {
    problems->push_back(
        {path,
         {},
         "nothing to read; a first row with the names of the columns would be "
         "right"});
    return header;
  }
  RowSplitter splitter(delimiter);
  const RowEnd end = splitter.Split(rest);
  const absl::string_view row = rest.substr(0, end.bytes);
  if (!end.problem.empty()) {
    problems->push_back({path, PositionInRow(row, 1, end.problem_offset), end.problem});
  } else if (const size_t valid = ValidUtf8Prefix(row); valid != row.size()) {
    problems->push_back({path, PositionInRow(row, 1, valid), "bytes that are not UTF-8"});
  }
  for (const Cell& cell : splitter.cells()) header.columns.emplace_back(cell.text);
  header.begin.byte += end.bytes;
  header.begin.line += end.lines;
  return header;
}

}  // namespace labgraph::seed
