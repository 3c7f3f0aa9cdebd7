#ifndef LABGRAPH_SERVER_QUERY_LIST_STATEMENTS_H_
#define LABGRAPH_SERVER_QUERY_LIST_STATEMENTS_H_

#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/query/page.h"

namespace labgraph::query {

// A page of GraphService.ListStatements. A symmetric relation is found from either end.
// Errors: ENTITY_NOT_FOUND and ID_MALFORMED at "subject", "object" and "source";
// PREDICATE_UNKNOWN at "predicates[0]"; ID_MALFORMED at "ids[0]"; LIMIT_EXCEEDED at
// "predicates" and "ids"; PAGE_TOKEN_INVALID for a start that is not of such a list.
absl::StatusOr<Page<v1::ListStatementsResponse>> ListStatements(
    graph::View& view, const v1::ListStatementsRequest& request, const PageStart& start);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_LIST_STATEMENTS_H_
