#ifndef LABGRAPH_SERVER_QUERY_FIND_PATHS_H_
#define LABGRAPH_SERVER_QUERY_FIND_PATHS_H_

#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/query/budget.h"
#include "server/query/expander.h"
#include "server/query/path_plan.h"
#include "server/query/path_writer.h"

namespace labgraph::query {

// How a search ended.
struct PathsAnswer {
  v1::FindPathsSummary summary;
  // Whether max_paths ended it and there may be more paths.
  bool may_have_more = false;
};

// Finds paths as FindPathsRequest describes and gives them to `sink`, the shortest first;
// with null it only counts them.
// `plan` was made for `view`; `budget` was made with the plan's limits and is not used
// for anything else. An end in both lists is a path of no hops; two statements between
// the same entities make two paths.
//
// SHORTEST and ALL_SHORTEST give those with the fewest hops over all pairs of ends, the
// other modes all lengths. Paths of one length are ordered by their entities, then their
// statements. SHORTEST gives one, always the same one. Where paths may be longer than the
// shortest (PathPlan::simple) only those count that pass no entity twice.
//
// A search that runs out of its budget gives the paths that it was sure of until then and
// says why in the summary. Errors: CANCELLED; STORAGE_FAILED, STORAGE_CORRUPT; those of
// the sink.
absl::StatusOr<PathsAnswer> FindPaths(const PathPlan& plan, graph::View& view,
                                      Expander& expander, Budget& budget, PathSink* sink);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_FIND_PATHS_H_
