#include "seed/reader/read_context.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace labgraph::seed {

void ReadContext::Complain(Position position, absl::string_view found,
                           absl::string_view right) const {
  problems->push_back(Problem{file, position, absl::StrCat(found, "; ", right)});
}

bool ReadContext::HasProblemAt(Position position) const {
  return std::any_of(problems->begin(), problems->end(), [&](const Problem& problem) {
    return problem.file == file && problem.position.line == position.line &&
           problem.position.column == position.column;
  });
}

}  // namespace labgraph::seed
