#ifndef LABGRAPH_SEED_JSONL_LINE_PROBLEM_H_
#define LABGRAPH_SEED_JSONL_LINE_PROBLEM_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph::seed {

// What is wrong with a line of JSON, in words for who wrote it.
struct LineProblem {
  // In bytes, from 1; 0 where it is not known.
  int column = 0;
  std::string message;
};

// The first whole number of the line that a double would round. Malformed JSON is read as
// far as it goes.
absl::optional<LineProblem> FindInexactNumber(absl::string_view line);

// What protobuf's parser complained about when it refused to make a mutation of the line.
LineProblem ExplainRefusal(absl::string_view line, absl::string_view complaint);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_JSONL_LINE_PROBLEM_H_
