#ifndef LABGRAPH_TESTS_UNIT_QUERY_PATH_MODEL_H_
#define LABGRAPH_TESTS_UNIT_QUERY_PATH_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "labgraph/v1/graph_service.pb.h"
#include "server/query/path_writer.h"
#include "tests/unit/query/random_graph.h"

namespace labgraph::query {

// What is compared: entities, then statements, then certainty, which is also the order
// of paths of one length.
using ModelPath = std::tuple<std::vector<keys::EntityNumber>,
                             std::vector<keys::StatementNumber>, v1::Certainty>;

// What a request for paths must give, found by trying every way.
class PathModel {
 public:
  PathModel(graph::View& view, const v1::FindPathsRequest& request);

  // All paths of the request, whatever its mode, that pass no entity twice: by hops, then
  // in order; as many as `most`.
  std::vector<ModelPath> Simple(size_t most) const;
  // Those with the fewest hops.
  std::vector<ModelPath> Shortest(size_t most) const;

 private:
  // Appends the paths of just `hops_left` more hops.
  void Extend(const ModelPath& path, uint32_t hops_left,
              std::set<ModelPath>* found) const;
  bool MeetsNeeds(const ModelPath& path) const;
  std::set<ModelPath> OfLength(uint32_t hops) const;

  std::vector<ModelHop> hops_;
  std::set<keys::EntityNumber> from_;
  std::set<keys::EntityNumber> to_;
  std::set<keys::EntityNumber> avoided_;
  std::set<keys::EntityNumber> not_between_;
  std::set<keys::EntityNumber> required_;
  std::vector<std::set<keys::StatementNumber>> required_statements_;  // one of each
  v1::Certainty no_hops_;
  uint32_t max_hops_;
};

// Paths as the model has them.
std::vector<ModelPath> ToModel(const std::vector<FoundPath>& paths);

// A request with random ends and conditions, but for mode and max_paths.
v1::FindPathsRequest RandomPathsRequest(const RandomGraph& graph,
                                        std::mt19937_64& random);

}  // namespace labgraph::query

#endif  // LABGRAPH_TESTS_UNIT_QUERY_PATH_MODEL_H_
