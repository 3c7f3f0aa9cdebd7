#ifndef LABGRAPH_SERVER_QUERY_FIND_PATHS_H_
#define LABGRAPH_SERVER_QUERY_FIND_PATHS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/query/budget.h"
#include "server/query/expander.h"
#include "server/query/path_plan.h"

namespace labgraph::query {

// A path: one more entity than statements.
struct FoundPath {
  std::vector<keys::EntityNumber> entities;
  std::vector<keys::StatementNumber> statements;
  // That of the least certain statement; UNSPECIFIED where no day was asked about.
  v1::Certainty certainty = v1::CERTAINTY_UNSPECIFIED;
};

struct FoundPaths {
  std::vector<FoundPath> paths;
  v1::FindPathsSummary summary;
};

// Finds shortest paths as FindPathsRequest describes: those with the fewest hops over all
// pairs of ends. `plan` was made for `view`; `budget` was made with the plan's limits and
// is not used for anything else.
//
// ALL_SHORTEST gives them ordered by their entities, then their statements; two
// statements between the same entities make two paths. SHORTEST gives one of them, always
// the same one. An end in both lists is a path of no hops. A search that runs out of its
// budget before the paths are known gives none and says why. Errors: CANCELLED;
// STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<FoundPaths> FindPaths(const PathPlan& plan, graph::View& view,
                                     Expander& expander, Budget& budget);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_FIND_PATHS_H_
