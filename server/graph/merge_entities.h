#ifndef LABGRAPH_SERVER_GRAPH_MERGE_ENTITIES_H_
#define LABGRAPH_SERVER_GRAPH_MERGE_ENTITIES_H_

#include "absl/status/statusor.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/draft.h"

namespace labgraph::graph {

// Merges two entities as MergeEntities describes. False where that was done before and
// nothing was left to do. What it does is ordinary writes of records and one row of
// kRedirect, which keeps what UnmergeEntity needs. Errors, at "from" and "into": see
// there.
absl::StatusOr<bool> MergeEntities(const v1::MergeEntities& request, Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_MERGE_ENTITIES_H_
