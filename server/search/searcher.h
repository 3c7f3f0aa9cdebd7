#ifndef LABGRAPH_SERVER_SEARCH_SEARCHER_H_
#define LABGRAPH_SERVER_SEARCH_SEARCHER_H_

#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"

namespace labgraph::search {

// Answers SearchEntities as `view` sees the graph; `request.read` was already used to
// make it and only gives the languages. Scores are those of Scorer. The same request at
// the same revision gives the same answer. Errors: FIELD_REQUIRED, FIELD_INVALID,
// TEXT_MALFORMED, LIMIT_EXCEEDED at "query"; KIND_UNKNOWN at "kinds[i]"; LIMIT_EXCEEDED
// at "limit"; LANGUAGE_MALFORMED at "read.lang".
absl::StatusOr<v1::SearchEntitiesResponse> Search(
    graph::View& view, const v1::SearchEntitiesRequest& request);

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_SEARCHER_H_
