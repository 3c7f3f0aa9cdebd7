#ifndef LABGRAPH_SEED_READER_PROBLEM_H_
#define LABGRAPH_SEED_READER_PROBLEM_H_

#include <string>
#include <vector>

namespace labgraph::seed {

// A place in a text file, both counted from 1; columns count bytes. Line 0 stands for the
// file as a whole, column 0 for the whole line.
struct Position {
  int line = 0;
  int column = 0;
};

// One thing wrong with an input file.
struct Problem {
  std::string file;
  Position position;
  // "what was found; what would be right".
  std::string message;
};

using Problems = std::vector<Problem>;

// "file:line:column", as far as known.
std::string ToString(const std::string& file, Position position);
// "file:line:column: message".
std::string ToString(const Problem& problem);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_PROBLEM_H_
