#ifndef LABGRAPH_SERVER_QUERY_STATEMENT_QUESTION_H_
#define LABGRAPH_SERVER_QUERY_STATEMENT_QUESTION_H_

#include <array>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "labgraph/v1/statement.pb.h"
#include "server/graph/view.h"
#include "server/query/plan_checks.h"
#include "server/query/statement_header.h"
#include "server/query/statement_lane.h"

namespace labgraph::query {

// Which statements are asked for, in numbers. A value.
struct StatementQuestion {
  std::vector<StatementPattern> patterns;  // a statement fits one of them
  absl::optional<keys::EntityNumber> source;
  // As statements may write it: the id it has now, and the one asked for.
  std::array<std::string, 2> source_ids;

  // Whether the statement fits a pattern, its sources apart.
  bool Fits(const StatementHeader& statement) const;
  // Whether it has the source asked for, as document or as the one that says so.
  bool HasSource(const v1::Statement& statement) const;
};

// What a request says of statements by their ends, predicates and source, each empty for
// any. An inverse name turns subject and object round; a symmetric relation is found from
// either end. Errors: ENTITY_NOT_FOUND and ID_MALFORMED at "subject", "object" and
// "source"; PREDICATE_UNKNOWN at "predicates[i]"; LIMIT_EXCEEDED at "predicates".
absl::StatusOr<StatementQuestion> ResolveStatements(const graph::View& view,
                                                    const std::string& subject,
                                                    const std::string& object,
                                                    const Strings& predicates,
                                                    const std::string& source);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_STATEMENT_QUESTION_H_
