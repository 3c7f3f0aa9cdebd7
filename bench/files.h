#ifndef LABGRAPH_BENCH_FILES_H_
#define LABGRAPH_BENCH_FILES_H_

#include <string>

#include "bench/edges.h"

namespace labgraph::bench {

// Files that labgraph-seed loads: a schema, the entities, and one of the forms of the
// statements.
struct GraphFiles {
  std::string schema;
  std::string entities;    // nodes and documents
  std::string json_lines;  // statements with one source each
  std::string mapping;     // of a CSV file that says the same
};

// Writes them for the graph into a directory of its own. Ends the program where it
// cannot.
GraphFiles WriteGraphFiles(const EdgeList& graph, const std::string& directory);

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_FILES_H_
