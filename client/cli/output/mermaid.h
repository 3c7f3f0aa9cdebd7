#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_MERMAID_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_MERMAID_H_

#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/output/graph.h"

namespace labgraph::cli {

// A quoted string of Mermaid that shows as `text`, line ends included: what the language
// or the page around it would read otherwise is written as its entity codes.
std::string MermaidString(absl::string_view text);

// The graph as a Mermaid flowchart; what is doubtful is dotted.
void WriteMermaid(const Graph& graph, std::ostream& out);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_MERMAID_H_
