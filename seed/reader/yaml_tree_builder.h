#ifndef LABGRAPH_SEED_READER_YAML_TREE_BUILDER_H_
#define LABGRAPH_SEED_READER_YAML_TREE_BUILDER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "seed/reader/problem.h"
#include "seed/reader/yaml_node.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/mark.h"

namespace labgraph::seed {

// Builds the tree of one document from the parser's events. Not thread-safe.
class YamlTreeBuilder final : public YAML::EventHandler {
 public:
  // Both must outlive the builder.
  YamlTreeBuilder(const std::string& file, Problems* problems)
      : file_(file), problems_(problems) {}

  // Whether the document could not be taken whole: too deep or too large.
  bool gave_up() const { return gave_up_; }
  // The tree, once the document has ended. Call it once.
  YamlNode TakeRoot() { return std::move(root_); }
  // Where the document begins.
  Position start() const { return start_; }
  // Where the last scalar with quotes or in a block begins; line 0 when there is none.
  Position last_quoted() const { return last_quoted_; }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor, YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { Close(); }

 private:
  // A node that has begun and not ended.
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    // Of a map: whether a key has come that waits for its value, and that key.
    bool has_key = false;
    bool drop_value = false;
    YamlKey key;
    absl::flat_hash_map<std::string, int> line_of_key;
  };

  void Push(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor);
  void Close();
  void Add(YamlNode node, YAML::anchor_t anchor);
  void AddToMap(Open* map, YamlNode node);
  void TakeKey(Open* map, const YamlNode& node);
  // Counts `nodes` more; false, with a problem, when there are too many.
  bool Spend(size_t nodes, Position position);
  void Complain(Position position, absl::string_view message);

  const std::string& file_;
  Problems* problems_;
  YamlNode root_;
  std::vector<Open> open_;
  absl::flat_hash_map<YAML::anchor_t, YamlNode> anchored_;
  Position start_;
  Position last_quoted_;
  size_t nodes_ = 0;
  bool gave_up_ = false;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_YAML_TREE_BUILDER_H_
