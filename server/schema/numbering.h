#ifndef LABGRAPH_SERVER_SCHEMA_NUMBERING_H_
#define LABGRAPH_SERVER_SCHEMA_NUMBERING_H_

#include "absl/status/status.h"
#include "labgraph/v1/schema.pb.h"
#include "server/schema/ontology.h"

namespace labgraph::schema {

// Adds to `numbering` what a schema needs that passed CheckSchema; see Ontology::Compile.
// New numbers follow the order of names, so equal schemas get equal numbers. After an
// error `numbering` is of no use. Errors: SCHEMA_INVALID at "predicates[i].name" and the
// like, for a name that another predicate had before.
absl::Status AssignNumbers(const v1::Schema& schema, Numbering* numbering);

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_NUMBERING_H_
