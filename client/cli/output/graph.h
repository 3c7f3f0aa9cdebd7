#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_GRAPH_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_GRAPH_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/entity.pb.h"
#include "labgraph/v1/statement.pb.h"

namespace labgraph::cli {

// What is drawn: entities, and relations between them. Both stay in the order in which
// they were added, and what is added twice is drawn once. Not thread-safe.
class Graph {
 public:
  struct Node {
    std::string id;
    std::string name;  // empty where it is not known
  };
  struct Edge {
    std::string from;
    std::string to;
    std::string label;
    bool doubtful = false;  // does not certainly hold on the day asked about
  };

  // A name given later completes a node that was added without.
  void AddNode(absl::string_view id, absl::string_view name = "");
  void AddEntity(const v1::Entity& entity);
  // An edge with its two ends. A property is no relation: nothing is drawn.
  void AddStatement(const v1::Statement& statement);

  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<Edge>& edges() const { return edges_; }

 private:
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  absl::flat_hash_map<std::string, size_t> node_index_;  // by id
  absl::flat_hash_set<std::string> statement_ids_;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_GRAPH_H_
