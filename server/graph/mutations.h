#ifndef LABGRAPH_SERVER_GRAPH_MUTATIONS_H_
#define LABGRAPH_SERVER_GRAPH_MUTATIONS_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/draft.h"

namespace labgraph::graph {

// What became of one mutation.
struct Applied {
  v1::Outcome outcome;
  std::string id;  // of the entity or statement
};

// Does what one mutation says, in the draft, and uses it up. `index` is its place in the
// request. On error the draft may hold part of it and must be rolled back. Errors, at
// fields of the mutation such as "put_statement.object": those of ErrorReason 1 to 59.
absl::StatusOr<Applied> ApplyMutation(v1::Mutation&& mutation, size_t index,
                                      Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_MUTATIONS_H_
