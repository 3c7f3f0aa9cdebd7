#ifndef LABGRAPH_SERVER_QUERY_STATEMENT_CONDITIONS_H_
#define LABGRAPH_SERVER_QUERY_STATEMENT_CONDITIONS_H_

#include "absl/status/statusor.h"
#include "server/query/comparison.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// Conditions on what is said about an entity. Only statements that pass the view's
// verdicts count. One of several statements passes; for != there are some that count, in
// the language asked about, and none may be equal. Errors: FILTER_MALFORMED.

absl::StatusOr<Condition> CompileProperty(const Comparison& comparison,
                                          const schema::Predicate& property,
                                          const FilterSource& source);

absl::StatusOr<Condition> CompileRelation(const Comparison& comparison,
                                          const schema::PredicateRef& relation,
                                          const schema::Ontology& ontology,
                                          const FilterSource& source);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_STATEMENT_CONDITIONS_H_
