#ifndef LABGRAPH_SERVER_QUERY_JOIN_TOOLS_H_
#define LABGRAPH_SERVER_QUERY_JOIN_TOOLS_H_

#include "server/graph/view.h"
#include "server/query/budget.h"
#include "server/query/expander.h"

namespace labgraph::query {

// What the parts of one match share; all of it outlives them.
struct JoinTools {
  graph::View& view;
  Expander& expander;
  Budget& budget;

  // No entity's number is this or above.
  keys::EntityNumber universe() const { return view.head().state.next_entity; }
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_JOIN_TOOLS_H_
