#ifndef LABGRAPH_SERVER_SCHEMA_SCHEMA_CHANGE_H_
#define LABGRAPH_SERVER_SCHEMA_SCHEMA_CHANGE_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/editor_service.pb.h"
#include "labgraph/v1/schema.pb.h"

namespace labgraph::schema {

// A schema after a change, and what is different.
struct SchemaChange {
  v1::Schema schema;                              // lists ordered by name
  std::vector<v1::SchemaDifference> differences;  // ordered by type, then name
};

// `base` with the request's definitions put in or replaced by name, and the named
// ones removed. Does not check that the result is consistent; Ontology::Compile does.
// A predicate with `renamed_from` takes the place of the one of that name, which is
// one difference: UPDATED, under the new name.
// Errors: KIND_UNKNOWN, PREDICATE_UNKNOWN, QUALIFIER_UNKNOWN at "remove_kinds[0]" and
// the like; SCHEMA_INVALID at "schema.kinds[3].name" for a name given twice, and at
// "remove_kinds[0]" for one given too.
absl::StatusOr<SchemaChange> ApplyChange(const v1::Schema& base,
                                         const v1::ApplySchemaRequest& request);

// That no definition of `schema`, the result, still names a kind or qualifier that the
// request removes; those that the request gives are for Compile to refuse. Errors:
// SCHEMA_INVALID at "remove_kinds[0]" and the like.
absl::Status CheckNotNamed(const v1::Schema& schema,
                           const v1::ApplySchemaRequest& request);

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_SCHEMA_CHANGE_H_
