#ifndef LABGRAPH_SERVER_QUERY_LIST_NEIGHBORS_H_
#define LABGRAPH_SERVER_QUERY_LIST_NEIGHBORS_H_

#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/query/expander.h"
#include "server/query/page.h"

namespace labgraph::query {

// A page of GraphService.ListNeighbors; `expander` reads at `view`. Errors:
// FIELD_REQUIRED, ID_MALFORMED and ENTITY_NOT_FOUND at "id"; FIELD_INVALID at "direction"
// and "view"; PREDICATE_UNKNOWN at "predicates[0]", FIELD_INVALID there for a property;
// KIND_UNKNOWN at "kinds[0]"; PAGE_TOKEN_INVALID for a start that is not of such a list.
absl::StatusOr<Page<v1::ListNeighborsResponse>> ListNeighbors(
    graph::View& view, Expander& expander, const v1::ListNeighborsRequest& request,
    const PageStart& start);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_LIST_NEIGHBORS_H_
