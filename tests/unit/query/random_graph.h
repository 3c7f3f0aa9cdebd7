#ifndef LABGRAPH_TESTS_UNIT_QUERY_RANDOM_GRAPH_H_
#define LABGRAPH_TESTS_UNIT_QUERY_RANDOM_GRAPH_H_

#include <cstdint>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "labgraph/v1/read_options.pb.h"
#include "server/keys/keys.h"
#include "tests/unit/query/test_graph.h"

namespace labgraph::query {

// A statement that counts, as the model sees it: taken from the statements' records,
// never from edges.
struct ModelEdge {
  keys::EntityNumber subject;
  keys::EntityNumber object;
  keys::StatementNumber statement;
  std::string predicate;
  v1::Certainty certainty;
  bool symmetric;
};

// One way along a statement.
struct ModelHop {
  keys::EntityNumber from;
  keys::EntityNumber to;
  keys::StatementNumber statement;
  v1::Certainty certainty;
};

// A small random multigraph with statements of all dates, ranks and assertions, parallel
// ones and loops among them, written in several revisions with some retracted again.
class RandomGraph {
 public:
  explicit RandomGraph(std::mt19937_64& random);

  const TestGraph& graph() const { return graph_; }
  const std::vector<std::string>& ids() const { return ids_; }
  // Options with random parts: revision, day and certainty.
  v1::ReadOptions RandomRead(std::mt19937_64& random) const;

 private:
  TestGraph graph_;
  std::vector<std::string> ids_;
  std::vector<uint64_t> revisions_;
};

// What a model knows of a view.
struct Model {
  explicit Model(graph::View& view);

  // The hops that a walk may make with a direction and predicate names; empty: all.
  std::vector<ModelHop> Hops(v1::Direction direction,
                             const std::set<std::string>& predicates,
                             const std::set<std::string>& avoided = {}) const;

  std::vector<ModelEdge> edges;
  std::set<keys::EntityNumber> specials;  // of kind special
};

}  // namespace labgraph::query

#endif  // LABGRAPH_TESTS_UNIT_QUERY_RANDOM_GRAPH_H_
