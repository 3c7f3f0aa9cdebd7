#include "seed/reader/problem.h"

#include "absl/strings/str_cat.h"

namespace labgraph::seed {

std::string ToString(const std::string& file, Position position) {
  std::string text = file;
  if (position.line > 0) absl::StrAppend(&text, ":", position.line);
  if (position.line > 0 && position.column > 0)
    absl::StrAppend(&text, ":", position.column);
  return text;
}

std::string ToString(const Problem& problem) {
  return absl::StrCat(ToString(problem.file, problem.position), ": ", problem.message);
}

}  // namespace labgraph::seed
