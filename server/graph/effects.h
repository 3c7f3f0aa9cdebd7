#ifndef LABGRAPH_SERVER_GRAPH_EFFECTS_H_
#define LABGRAPH_SERVER_GRAPH_EFFECTS_H_

#include "absl/status/status.h"
#include "server/graph/draft.h"
#include "server/graph/record_reader.h"

namespace labgraph::graph {

// Writes a record's change and every row derived from it, counts it and notes it in the
// change. `before` null: it is new. `after` null: it is gone. Both are of the same
// number. REQUIRES: not both null; all rules hold.
absl::Status WriteStatement(const StatementRecord* before, const StatementRecord* after,
                            Draft& draft);
absl::Status WriteEntity(const EntityRecord* before, const EntityRecord* after,
                         Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_EFFECTS_H_
