#ifndef LABGRAPH_SERVER_GRAPH_ERASE_H_
#define LABGRAPH_SERVER_GRAPH_ERASE_H_

#include "absl/status/status.h"
#include "labgraph/v1/admin_service.pb.h"
#include "server/graph/commit_group.h"

namespace labgraph::graph {

// Erases a record in the group as AdminService.Erase describes: its rows of every
// revision, what indexes, merges and changes say of it. What is left is a tombstone and,
// in the changes, that something was erased there. Sets all of the response but
// `bytes_removed`; where it was erased before, the revision that did that and no counts.
// On error the group is as it was. Takes as long as reading all former rows, all
// changes and all merges. Errors: those of AdminService.Erase.
absl::Status EraseInGroup(const v1::EraseRequest& request, CommitGroup& group,
                          v1::EraseResponse* response);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ERASE_H_
