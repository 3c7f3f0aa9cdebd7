#ifndef LABGRAPH_SERVER_GRAPH_UNMERGE_ENTITY_H_
#define LABGRAPH_SERVER_GRAPH_UNMERGE_ENTITY_H_

#include "absl/status/status.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/draft.h"

namespace labgraph::graph {

// Takes a merge back as UnmergeEntity describes. Errors, at "id": see there.
// ENTITY_MERGED names the merge that must be taken back before this one: a later one that
// what this one moved went on with, or was joined in.
absl::Status UnmergeEntity(const v1::UnmergeEntity& request, Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_UNMERGE_ENTITY_H_
