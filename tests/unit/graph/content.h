#ifndef LABGRAPH_TESTS_UNIT_GRAPH_CONTENT_H_
#define LABGRAPH_TESTS_UNIT_GRAPH_CONTENT_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/test_graph.h"

namespace labgraph::graph {

// Everything that the store says now of the entities, without revisions.
inline std::string ContentOf(testing::TestGraph& graph,
                             const std::vector<std::string>& ids) {
  std::string content;
  for (const std::string& id : ids) {
    v1::Entity entity = graph.Entity(id, "", v1::ENTITY_VIEW_FULL);
    entity.clear_created_revision();
    entity.clear_updated_revision();
    for (v1::Statement& statement : *entity.mutable_statements()) {
      statement.clear_created_revision();
      statement.clear_updated_revision();
    }
    absl::StrAppend(&content, id, ": ", entity.ShortDebugString(), "\n");
  }
  return content;
}

}  // namespace labgraph::graph

#endif  // LABGRAPH_TESTS_UNIT_GRAPH_CONTENT_H_
