#ifndef LABGRAPH_SERVER_QUERY_JOIN_TOOLS_H_
#define LABGRAPH_SERVER_QUERY_JOIN_TOOLS_H_

#include <algorithm>
#include <cstdint>

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

  // Rows that planning may look at of one source or edge: no more than the match itself
  // might, so that what is asked to be brief is planned briefly.
  uint64_t planning_rows() const {
    constexpr uint64_t kFewest = 4096;
    constexpr uint64_t kMost = 1 << 21;
    return std::clamp(budget.visits_left(), kFewest, kMost);
  }
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_JOIN_TOOLS_H_
