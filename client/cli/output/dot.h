#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_DOT_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_DOT_H_

#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/output/graph.h"

namespace labgraph::cli {

// A quoted string of the DOT language that shows as `text`, line ends included.
std::string DotString(absl::string_view text);

// The graph for Graphviz; what is doubtful is dashed.
void WriteDot(const Graph& graph, std::ostream& out);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_DOT_H_
