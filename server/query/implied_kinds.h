#ifndef LABGRAPH_SERVER_QUERY_IMPLIED_KINDS_H_
#define LABGRAPH_SERVER_QUERY_IMPLIED_KINDS_H_

#include "server/query/pattern_plan.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// Sets `kinds_implied` of the variables: the schema that all statements fit says which
// kinds their ends have.
void MarkImpliedKinds(const schema::Ontology& ontology, PatternPlan* plan);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_IMPLIED_KINDS_H_
