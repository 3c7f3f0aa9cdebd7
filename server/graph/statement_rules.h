#ifndef LABGRAPH_SERVER_GRAPH_STATEMENT_RULES_H_
#define LABGRAPH_SERVER_GRAPH_STATEMENT_RULES_H_

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "server/graph/draft.h"
#include "server/graph/statement_draft.h"

namespace labgraph::graph {

// One rule of the schema: OK, or the error at the statement's field.
struct StatementRule {
  const char* name;
  absl::Status (*check)(const StatementDraft& statement, const Draft& draft);
};

// Every rule a statement must keep, in the order in which they are checked: those that
// look at the statement alone first, those that look at other statements last.
absl::Span<const StatementRule> StatementRules();

// All of them; the first error.
absl::Status CheckStatement(const StatementDraft& statement, const Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_STATEMENT_RULES_H_
