#ifndef LABGRAPH_TESTS_MODEL_COMPARISON_H_
#define LABGRAPH_TESTS_MODEL_COMPARISON_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <tuple>

#include "server/graph/edge_scan.h"
#include "server/graph/view.h"
#include "tests/model/model.h"
#include "tests/testing/test_graph.h"

namespace labgraph::model {

// Compares one revision of a graph with the model's, in every way of reading. What
// differs fails the test. Not thread-safe.
class Comparison {
 public:
  // Both must outlive this.
  Comparison(testing::TestGraph& graph, const State& state, uint64_t revision);

  // Every entity there can be, by id.
  void Entities();
  // Every statement there is, found by way of the predicate index, and no other.
  void Statements();
  // The edges of every entity, either way.
  void Neighbors();
  // What every entity is a source of.
  void Sources();
  // Which statements a day leaves, and how certainly.
  void ValidAt(const std::string& day);

  // Reads compared until now.
  size_t reads() const { return reads_; }

 private:
  // A relation as one end sees it: predicate, the other end, statement.
  using Neighbor = std::tuple<std::string, std::string, std::string>;

  // The entity that an id leads to; one without an id where there is none.
  v1::Entity Read(const std::string& id);
  // The id of what an id was merged into, or the same.
  std::string LeadsTo(std::string id) const;
  void CompareStatement(const v1::Statement& statement);
  keys::EntityNumber NumberOf(const std::string& id);
  std::multiset<Neighbor> NeighborsOf(const std::string& id,
                                      graph::EdgeDirection direction);

  testing::TestGraph& graph_;
  const State& state_;
  const std::string at_;  // ReadOptions
  const std::unique_ptr<graph::View> view_;
  size_t reads_ = 0;
};

}  // namespace labgraph::model

#endif  // LABGRAPH_TESTS_MODEL_COMPARISON_H_
