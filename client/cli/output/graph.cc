#include "client/cli/output/graph.h"

namespace labgraph::cli {

void Graph::AddNode(absl::string_view id, absl::string_view name) {
  const auto [found, is_new] = node_index_.try_emplace(std::string(id), nodes_.size());
  if (is_new) nodes_.push_back({std::string(id), ""});
  Node& node = nodes_[found->second];
  if (node.name.empty()) node.name = std::string(name);
}

void Graph::AddEntity(const v1::Entity& entity) {
  AddNode(entity.id(), entity.label().text());
}

void Graph::AddStatement(const v1::Statement& statement) {
  if (!statement.has_object()) return;
  const bool is_new =
      statement.id().empty() || statement_ids_.insert(statement.id()).second;
  if (!is_new) return;
  AddNode(statement.subject());
  AddNode(statement.object());
  const bool doubtful = statement.certainty() == v1::CERTAINTY_POSSIBLE ||
                        statement.certainty() == v1::CERTAINTY_NO;
  edges_.push_back(
      {statement.subject(), statement.object(), statement.predicate(), doubtful});
}

}  // namespace labgraph::cli
