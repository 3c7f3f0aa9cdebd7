#ifndef LABGRAPH_CLIENT_CLI_FORMAT_H_
#define LABGRAPH_CLIENT_CLI_FORMAT_H_

#include <string>
#include <vector>

namespace labgraph::cli {

// How an answer is written.
enum class Format {
  kTable,    // aligned columns, for people
  kJson,     // the whole answer as one JSON document
  kJsonl,    // one JSON document per row
  kCsv,      // RFC 4180 with a header
  kDot,      // a drawing for Graphviz
  kMermaid,  // a drawing for Mermaid
};

// In the order in which help and messages name them.
const std::vector<Format>& AllFormats();

// As it is written after -o.
std::string FormatName(Format format);

// "table, json, csv".
std::string FormatList(const std::vector<Format>& formats);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_FORMAT_H_
