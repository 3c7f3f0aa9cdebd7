#include "client/cli/output/dot.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace labgraph::cli {
namespace {

std::string LabelOf(const Graph::Node& node) {
  return node.name.empty() ? node.id : absl::StrCat(node.name, "\n", node.id);
}

}  // namespace

std::string DotString(absl::string_view text) {
  return absl::StrCat(
      "\"",
      absl::StrReplaceAll(text,
                          {{"\\", "\\\\"}, {"\"", "\\\""}, {"\r", ""}, {"\n", "\\n"}}),
      "\"");
}

void WriteDot(const Graph& graph, std::ostream& out) {
  out << "digraph labgraph {\n"
         "  rankdir=LR;\n"
         "  node [shape=box, style=rounded];\n";
  for (const Graph::Node& node : graph.nodes()) {
    out << "  " << DotString(node.id) << " [label=" << DotString(LabelOf(node)) << "];\n";
  }
  for (const Graph::Edge& edge : graph.edges()) {
    out << "  " << DotString(edge.from) << " -> " << DotString(edge.to)
        << " [label=" << DotString(edge.label) << (edge.doubtful ? ", style=dashed" : "")
        << "];\n";
  }
  out << "}\n";
}

}  // namespace labgraph::cli
