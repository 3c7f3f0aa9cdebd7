#ifndef LABGRAPH_SERVER_GRAPH_PRECONDITIONS_H_
#define LABGRAPH_SERVER_GRAPH_PRECONDITIONS_H_

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/commit_group.h"
#include "server/graph/draft.h"

namespace labgraph::graph {

// That all preconditions hold in the state that the group has come to. Errors at
// "preconditions[i]" and fields under it: PRECONDITION_FAILED, FIELD_REQUIRED,
// FIELD_INVALID, ID_MALFORMED, KIND_UNKNOWN, PREDICATE_UNKNOWN, FILTER_MALFORMED,
// LIMIT_EXCEEDED, REVISION_IN_FUTURE, REVISION_COMPACTED.
absl::Status CheckPreconditions(
    const google::protobuf::RepeatedPtrField<v1::Precondition>& preconditions,
    const CommitGroup& group, const Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_PRECONDITIONS_H_
