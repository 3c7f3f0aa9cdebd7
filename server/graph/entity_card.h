#ifndef LABGRAPH_SERVER_GRAPH_ENTITY_CARD_H_
#define LABGRAPH_SERVER_GRAPH_ENTITY_CARD_H_

#include "absl/strings/string_view.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

// What walks need to know of an entity besides its edges. A view; whoever gives it
// says how long it lives.
struct EntityCard {
  schema::KindNumber kind = 0;
  absl::string_view id;
  absl::string_view visibility;  // canonical, never empty
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ENTITY_CARD_H_
