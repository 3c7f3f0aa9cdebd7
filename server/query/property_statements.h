#ifndef LABGRAPH_SERVER_QUERY_PROPERTY_STATEMENTS_H_
#define LABGRAPH_SERVER_QUERY_PROPERTY_STATEMENTS_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// Calls `visit` for the statements of one property of an entity that pass the view's
// verdicts, in order of their numbers, until it gives false or an error. Errors: those of
// `visit`; STORAGE_FAILED, STORAGE_CORRUPT.
absl::Status VisitProperty(
    graph::View& view, keys::EntityNumber entity, schema::PredicateNumber property,
    absl::FunctionRef<absl::StatusOr<bool>(keys::StatementNumber)> visit);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PROPERTY_STATEMENTS_H_
