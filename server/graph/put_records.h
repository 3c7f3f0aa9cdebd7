#ifndef LABGRAPH_SERVER_GRAPH_PUT_RECORDS_H_
#define LABGRAPH_SERVER_GRAPH_PUT_RECORDS_H_

#include "absl/status/statusor.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/draft.h"
#include "server/graph/entity_draft.h"
#include "server/graph/statement_draft.h"

namespace labgraph::graph {

// Writes a prepared record with all that is derived from it: CREATED, UPDATED, or
// UNCHANGED where it was so already and nothing was written. A statement is checked
// against the rules first. Errors: those of statement_rules.h, LIMIT_EXCEEDED,
// STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<v1::Outcome> PutPrepared(EntityDraft entity, Draft& draft);
absl::StatusOr<v1::Outcome> PutPrepared(StatementDraft prepared, Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_PUT_RECORDS_H_
