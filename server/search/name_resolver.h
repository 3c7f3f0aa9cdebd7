#ifndef LABGRAPH_SERVER_SEARCH_NAME_RESOLVER_H_
#define LABGRAPH_SERVER_SEARCH_NAME_RESOLVER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"

namespace labgraph::search {

// The one entity that bears the name, or an alias, up to folding.
// Errors: FIELD_REQUIRED, TEXT_MALFORMED, LIMIT_EXCEEDED, ENTITY_NOT_FOUND (with the id
// most likely meant, if there is one), ENTITY_AMBIGUOUS, all at `field`.
absl::StatusOr<keys::EntityNumber> ResolveByName(graph::View& view,
                                                 absl::string_view name,
                                                 absl::string_view field);

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_NAME_RESOLVER_H_
