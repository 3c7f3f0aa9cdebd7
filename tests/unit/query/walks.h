#ifndef LABGRAPH_TESTS_UNIT_QUERY_WALKS_H_
#define LABGRAPH_TESTS_UNIT_QUERY_WALKS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/query/budget.h"
#include "server/query/find_paths.h"
#include "server/query/traverse.h"
#include "tests/unit/query/test_graph.h"

namespace labgraph::query {

// A Hit that owns its path.
struct OwnedHit {
  Hit hit;
  std::vector<keys::StatementNumber> path;
};

struct TraverseAnswer {
  std::vector<OwnedHit> hits;
  v1::TraverseSummary summary;
};

struct FoundPaths {
  std::vector<FoundPath> paths;
  v1::FindPathsSummary summary;
  bool may_have_more = false;
};

using Poll = std::function<Signal()>;

// Plans and runs, as a server would: from the store, and without `poll` from memory as
// well, which must give the very same. Passes over the first `before` hits or paths.
absl::StatusOr<TraverseAnswer> RunTraverse(const TestGraph& graph,
                                           const v1::TraverseRequest& request,
                                           Poll poll = nullptr, uint64_t before = 0);
absl::StatusOr<FoundPaths> RunFindPaths(const TestGraph& graph,
                                        const v1::FindPathsRequest& request,
                                        Poll poll = nullptr, uint64_t before = 0);

// The paths found, each as "a -s1- b -s2- c" with the keys of entities and the ids of
// statements, and with "?" at its end when it only possibly held. Failing is a failure of
// the test.
std::vector<std::string> PathTexts(const TestGraph& graph,
                                   const v1::FindPathsRequest& request,
                                   uint64_t before = 0);

// The plan's error alone.
absl::Status CheckTraverse(const TestGraph& graph, const v1::TraverseRequest& request);
absl::Status CheckFindPaths(const TestGraph& graph, const v1::FindPathsRequest& request);

}  // namespace labgraph::query

#endif  // LABGRAPH_TESTS_UNIT_QUERY_WALKS_H_
