#ifndef LABGRAPH_SERVER_QUERY_LIST_ENTITIES_H_
#define LABGRAPH_SERVER_QUERY_LIST_ENTITIES_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/query/page.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// A page of GraphService.ListEntities. Errors: KIND_UNKNOWN at "kinds[0]",
// FILTER_MALFORMED and LIMIT_EXCEEDED at "filter", FIELD_INVALID at "view";
// PAGE_TOKEN_INVALID for a start that is not of such a list.
absl::StatusOr<Page<v1::ListEntitiesResponse>> ListEntities(
    graph::View& view, const v1::ListEntitiesRequest& request, const PageStart& start);

// The parts of keyspace kEntityId to look at, in key order: one for each of the kinds and
// those below them, or all of it for none. Errors: KIND_UNKNOWN at "kinds[i]".
absl::StatusOr<std::set<std::string>> EntityIdPrefixes(
    const schema::Ontology& ontology,
    const google::protobuf::RepeatedPtrField<std::string>& kinds);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_LIST_ENTITIES_H_
