#include "client/cli/output/mermaid.h"

#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace labgraph::cli {
namespace {

std::string LabelOf(const Graph::Node& node) {
  return node.name.empty() ? node.id : absl::StrCat(node.name, "\n", node.id);
}

}  // namespace

std::string MermaidString(absl::string_view text) {
  return absl::StrCat("\"",
                      absl::StrReplaceAll(text, {{"#", "#35;"},
                                                 {"\"", "#quot;"},
                                                 {"&", "#amp;"},
                                                 {"<", "#lt;"},
                                                 {">", "#gt;"},
                                                 {"`", "#96;"},
                                                 {"\\", "#92;"},
                                                 {"\r", ""},
                                                 {"\n", "<br/>"}}),
                      "\"");
}

void WriteMermaid(const Graph& graph, std::ostream& out) {
  // Ids of entities are no ids of Mermaid, so nodes are numbered.
  absl::flat_hash_map<std::string, size_t> number;
  out << "flowchart LR\n";
  for (const Graph::Node& node : graph.nodes()) {
    number.emplace(node.id, number.size());
    out << "  n" << number[node.id] << "[" << MermaidString(LabelOf(node)) << "]\n";
  }
  for (const Graph::Edge& edge : graph.edges()) {
    out << "  n" << number[edge.from] << (edge.doubtful ? " -. " : " -- ")
        << MermaidString(edge.label) << (edge.doubtful ? " .-> n" : " --> n")
        << number[edge.to] << "\n";
  }
}

}  // namespace labgraph::cli
