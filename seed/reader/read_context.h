#ifndef LABGRAPH_SEED_READER_READ_CONTEXT_H_
#define LABGRAPH_SEED_READER_READ_CONTEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "seed/reader/problem.h"
#include "seed/reader/source_map.h"

namespace labgraph::seed {

// What the functions that turn one file into messages share.
struct ReadContext {
  std::string file;
  Problems* problems;
  SourceMap* source_map;

  // `found` says what is there, `right` what would be right.
  void Complain(Position position, absl::string_view found,
                absl::string_view right) const;
  // Whether something was complained about there.
  bool HasProblemAt(Position position) const;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_READ_CONTEXT_H_
