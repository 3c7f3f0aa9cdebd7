#ifndef LABGRAPH_SERVER_QUERY_COUNT_STATEMENTS_H_
#define LABGRAPH_SERVER_QUERY_COUNT_STATEMENTS_H_

#include <vector>

#include "absl/status/status.h"
#include "server/query/aggregate_plan.h"
#include "server/query/group_counts.h"
#include "server/query/join_tools.h"
#include "server/query/statement_question.h"

namespace labgraph::query {

// Adds every statement that fits the question and passes the view's verdicts to the
// groups, until the budget ends it. Records are read only where keys or the question need
// them. Errors: those of GroupCounts::Add; CANCELLED.
absl::Status CountStatements(const StatementQuestion& question,
                             const std::vector<PlannedKey>& keys, const JoinTools& tools,
                             GroupCounts* groups);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_COUNT_STATEMENTS_H_
