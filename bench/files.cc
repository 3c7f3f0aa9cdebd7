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

std::string StatementLine(size_t number, const Edge& edge) {
  return absl::StrCat(
      R"({"put_statement":{"id":")", StatementId(number), R"(","subject":")",
      NodeId(edge.from), R"(","predicate":"to","object":")", NodeId(edge.to),
      R"(","sources":[{"document":")", DocumentId(number), R"("}])",
      EndedEarly(number) ? R"(,"valid":{"start":"2001","end":"2019"})" : "",
      IsRestricted(number) ? R"x(,"visibility":"police & (fiod | customs)")x" : "",
      "}}\n");
}

}  // namespace

GraphFiles WriteGraphFiles(const EdgeList& graph, const std::string& directory) {
  std::filesystem::create_directories(directory);
  const GraphFiles files = {directory + "/schema.yaml", directory + "/entities.jsonl",
                            directory + "/statements.jsonl"};
  Writer(files.schema).Write(kSchema);
  WriteEntities(graph, files.entities);
  Writer lines(files.json_lines);
  for (size_t i = 0; i < graph.edges.size(); ++i) {
    lines.Write(StatementLine(i, graph.edges[i]));
  }
  return files;
}

}  // namespace labgraph::bench
