#ifndef LABGRAPH_SERVER_GRAPH_EFFECTS_H_
#define LABGRAPH_SERVER_GRAPH_EFFECTS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/graph/draft.h"
#include "server/graph/record_reader.h"

namespace labgraph::graph {

// Writes a record's change and every row derived from it, counts it and notes it in the
// change. `before` null: it is new. `after` null: it is gone. Both are of the same
// number. `bytes`: DeterministicBytes of the message in `after`; empty where that is
// null. REQUIRES: not both null; all rules hold; a new record's number was never given
// before.
absl::Status WriteStatement(const StatementRecord* before, const StatementRecord* after,
                            absl::string_view bytes, Draft& draft);
absl::Status WriteEntity(const EntityRecord* before, const EntityRecord* after,
                         absl::string_view bytes, Draft& draft);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_EFFECTS_H_
