#ifndef LABGRAPH_SEED_READER_INPUT_FILES_H_
#define LABGRAPH_SEED_READER_INPUT_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// A file to load and how it is written.
struct InputFile {
  enum class Format { kFixture, kMapping, kJsonLines };
  std::string path;
  Format format = Format::kFixture;
};

// The files behind the arguments, in their order. *.map.yaml is the mapping of CSV files,
// other *.yaml are fixtures. A directory stands for all of its *.yaml, *.yml and *.jsonl
// in the order of their names, without those of directories in it. What does not exist,
// is of no known format, or a directory without any is a problem.
std::vector<InputFile> FindInputFiles(const std::vector<std::string>& arguments,
                                      Problems* problems);

// The whole of a file of at most `max_bytes`.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_INPUT_FILES_H_
