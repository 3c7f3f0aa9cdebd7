#include "client/cli/format.h"

#include "absl/strings/str_join.h"

namespace labgraph::cli {

const std::vector<Format>& AllFormats() {
  static const auto* const kAll =
      new std::vector<Format>{Format::kTable, Format::kJson, Format::kJsonl,
                              Format::kCsv,   Format::kDot,  Format::kMermaid};
  return *kAll;
}

std::string FormatName(Format format) {
  switch (format) {
    case Format::kTable:
      return "table";
    case Format::kJson:
      return "json";
    case Format::kJsonl:
      return "jsonl";
    case Format::kCsv:
      return "csv";
    case Format::kDot:
      return "dot";
    case Format::kMermaid:
      return "mermaid";
  }
  return "";
}

std::string FormatList(const std::vector<Format>& formats) {
  return absl::StrJoin(formats, ", ", [](std::string* out, Format format) {
    out->append(FormatName(format));
  });
}

}  // namespace labgraph::cli
