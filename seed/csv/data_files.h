#ifndef LABGRAPH_SEED_CSV_DATA_FILES_H_
#define LABGRAPH_SEED_CSV_DATA_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "seed/bulk/file_position.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// The files that a mapping in `folder` means by a name or by a pattern with * and ? in
// its last part, in the order of their names. An error where there is none.
absl::StatusOr<std::vector<std::string>> FindDataFiles(const std::string& folder,
                                                       const std::string& pattern);

// The start of a CSV file.
struct CsvHeader {
  // Names in its first row; empty where that is not read as a header.
  std::vector<std::string> columns;
  // Where its first record begins.
  FilePosition begin;
};

// Reads the first row of a file, if it `has_header`, and skips the byte order mark that
// some programs put before it. What is wrong with it is added to `problems`.
CsvHeader ReadHeader(const std::string& path, char delimiter, bool has_header,
                     Problems* problems);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_DATA_FILES_H_
