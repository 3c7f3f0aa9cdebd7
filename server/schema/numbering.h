#ifndef LABGRAPH_SERVER_SCHEMA_NUMBERING_H_
#define LABGRAPH_SERVER_SCHEMA_NUMBERING_H_

#include "absl/status/status.h"
#include "labgraph/v1/schema.pb.h"
#include "server/schema/ontology.h"

namespace labgraph::schema {

// Adds to `numbering` what a schema needs that passed CheckSchema; see Ontology::Compile.
// New numbers follow the order of names, so equal schemas get equal numbers. After an
// error `numbering` is of no use. Errors: SCHEMA_INVALID at "predicates[i].renamed_from",
// where one predicate would become another.
absl::Status AssignNumbers(const v1::Schema& schema, Numbering* numbering);

// That no name or inverse of the schema, which has its numbers, is a former name of
// another predicate of it, which still goes by that name too. Errors: SCHEMA_INVALID at
// "predicates[i].name" and the like.
absl::Status CheckFormerNames(const v1::Schema& schema, const Numbering& numbering);

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_NUMBERING_H_
