#include "bench/files.h"

#include <cstdio>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "bench/require.h"

namespace labgraph::bench {
namespace {

constexpr char kSchema[] = R"(name: bench
schema:
  kinds: [{name: node}, {name: document}]
  predicates: [{name: to, domain: [node], range: [node], source_required: true}]
)";

constexpr char kMapping[] = R"(name: bench
files: [statements.csv]
records:
  - statement:
      id: "{id}"
      subject: "node/{subject}"
      predicate: to
      object: "node/{object}"
      valid: {start: "{start}", end: "{end}"}
      sources: [{document: "document/{document}"}]
      visibility: "{visibility}"
)";
constexpr char kHeader[] = "id,subject,object,start,end,document,visibility\n";

constexpr char kStart[] = "2001";
constexpr char kEnd[] = "2019";
constexpr char kVisibility[] = "police & (fiod | customs)";

// A file that is written once, front to back.
class Writer {
 public:
  explicit Writer(const std::string& path)
      : path_(path), file_(fopen(path.c_str(), "w")) {
    Check(file_ != nullptr);
  }
  ~Writer() { Check(fclose(file_) == 0); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void Write(const std::string& text) {
    Check(fwrite(text.data(), 1, text.size(), file_) == text.size());
  }

 private:
  void Check(bool ok) {
    if (!ok) Require(absl::UnavailableError(absl::StrCat("cannot write ", path_)));
  }

  const std::string path_;
  FILE* const file_;
};

void WriteEntities(const EdgeList& graph, const std::string& path) {
  Writer file(path);
  const auto put = [&](const std::string& id) {
    file.Write(absl::StrCat(R"({"put_entity":{"id":")", id, R"("}})", "\n"));
  };
  for (uint32_t node = 0; node < graph.nodes; ++node) put(NodeId(node));
  for (size_t i = 0; i < graph.edges.size(); ++i) {
    if (i == 0 || DocumentId(i) != DocumentId(i - 1)) put(DocumentId(i));
  }
}

std::string JsonLine(size_t number, const Edge& edge) {
  return absl::StrCat(
      R"({"put_statement":{"id":")", StatementId(number), R"(","subject":")",
      NodeId(edge.from), R"(","predicate":"to","object":")", NodeId(edge.to),
      R"(","sources":[{"document":")", DocumentId(number), R"("}])",
      EndedEarly(number)
          ? absl::StrCat(R"(,"valid":{"start":")", kStart, R"(","end":")", kEnd, R"("})")
          : "",
      IsRestricted(number) ? absl::StrCat(R"(,"visibility":")", kVisibility, R"(")") : "",
      "}}\n");
}

// What follows the kind.
absl::string_view KeyOf(absl::string_view id) { return id.substr(id.find('/') + 1); }

std::string CsvLine(size_t number, const Edge& edge) {
  const bool ended = EndedEarly(number);
  return absl::StrCat(StatementId(number), ",", KeyOf(NodeId(edge.from)), ",",
                      KeyOf(NodeId(edge.to)), ",", ended ? kStart : "", ",",
                      ended ? kEnd : "", ",", KeyOf(DocumentId(number)), ",",
                      IsRestricted(number) ? kVisibility : "", "\n");
}

template <typename Line>
void WriteStatements(const EdgeList& graph, Line line, Writer& file) {
  for (size_t i = 0; i < graph.edges.size(); ++i) file.Write(line(i, graph.edges[i]));
}

}  // namespace

GraphFiles WriteGraphFiles(const EdgeList& graph, const std::string& directory) {
  std::filesystem::create_directories(directory);
  const GraphFiles files = {directory + "/schema.yaml", directory + "/entities.jsonl",
                            directory + "/statements.jsonl",
                            directory + "/statements.map.yaml"};
  Writer(files.schema).Write(kSchema);
  WriteEntities(graph, files.entities);
  Writer lines(files.json_lines);
  WriteStatements(graph, JsonLine, lines);
  Writer(files.mapping).Write(kMapping);
  Writer rows(directory + "/statements.csv");
  rows.Write(kHeader);
  WriteStatements(graph, CsvLine, rows);
  return files;
}

}  // namespace labgraph::bench
