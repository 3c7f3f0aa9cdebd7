#ifndef LABGRAPH_SEED_READER_JSONL_READER_H_
#define LABGRAPH_SEED_READER_JSONL_READER_H_

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>

#include "labgraph/v1/editor_service.pb.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// Bytes in one line of JSON: more than the largest record the server takes, escaped.
inline constexpr size_t kMaxLineBytes = 1024 * 1024;

// Reads a file of JSON lines, each a labgraph.v1.Mutation in proto3 JSON, holding one
// line at a time. Empty lines are skipped. Not thread-safe.
class JsonlReader {
 public:
  // What a call of Next found.
  enum class Result { kMutation, kProblem, kEnd };

  explicit JsonlReader(std::string path);

  // Reads on to the next mutation. After a problem, which is added to `problems`, reading
  // may go on with the line behind; a file that cannot be read ends after its problem.
  Result Next(v1::Mutation* mutation, Problems* problems);

  // The line that Next gave last, from 1.
  int line() const { return line_; }
  uint64_t bytes_read() const { return bytes_read_; }
  // Of the whole file; 0 where that is not known.
  uint64_t file_bytes() const { return file_bytes_; }

 private:
  // Reads the next line; false at the end of the file. A line that is too long is cut.
  bool ReadLine();
  Result Fail(int column, const std::string& message, Problems* problems);

  const std::string path_;
  std::ifstream stream_;
  std::string text_;
  int line_ = 0;
  uint64_t bytes_read_ = 0;
  uint64_t file_bytes_ = 0;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_JSONL_READER_H_
