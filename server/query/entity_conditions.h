#ifndef LABGRAPH_SERVER_QUERY_ENTITY_CONDITIONS_H_
#define LABGRAPH_SERVER_QUERY_ENTITY_CONDITIONS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "server/query/comparison.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// A field that every entity has, whatever the schema.
struct EntityField {
  absl::string_view name;
  bool by_language;  // takes ".<lang>"
  absl::StatusOr<Condition> (*compile)(const Comparison&, const schema::Ontology&,
                                       const FilterSource&);
};

absl::Span<const EntityField> EntityFields();

// That `id` can be one of an entity: well-formed, of a kind of the schema. Errors:
// FILTER_MALFORMED at the comparison's value.
absl::Status CheckEntityId(const Comparison& comparison, const schema::Ontology& ontology,
                           const FilterSource& source);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_ENTITY_CONDITIONS_H_
