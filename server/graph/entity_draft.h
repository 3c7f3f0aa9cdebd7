#ifndef LABGRAPH_SERVER_GRAPH_ENTITY_DRAFT_H_
#define LABGRAPH_SERVER_GRAPH_ENTITY_DRAFT_H_

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "labgraph/v1/entity.pb.h"
#include "server/graph/draft.h"
#include "server/graph/record_reader.h"

namespace labgraph::graph {

// An entity about to be written.
struct EntityDraft {
  // In normal form: visibility canonical, output-only fields cleared. `number` and
  // `first` are still to be given.
  EntityRecord after;
  // The version in the store; absent for a new entity.
  absl::optional<EntityRecord> before;
};

// Brings a caller's entity into normal form and checks it. Errors, at fields of the
// entity: FIELD_REQUIRED, ID_MALFORMED, KIND_UNKNOWN, KIND_ABSTRACT, DEPRECATED,
// LANGUAGE_MALFORMED, TEXT_MALFORMED, LIMIT_EXCEEDED, VISIBILITY_MALFORMED,
// REFERENCE_NOT_FOUND, DATE_MALFORMED.
absl::StatusOr<EntityDraft> PrepareEntity(v1::Entity given, Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ENTITY_DRAFT_H_
