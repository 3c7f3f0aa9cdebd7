#ifndef LABGRAPH_SERVER_GRAPH_VERIFY_H_
#define LABGRAPH_SERVER_GRAPH_VERIFY_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/graph/entity_index.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// One place where a store breaks an invariant of docs/invariants.md.
struct Finding {
  std::string invariant;  // "I3"
  std::string subject;    // the row or record, for example "statement/12"
  std::string problem;
};

// How far verifying has come.
struct VerifyProgress {
  const char* check;                   // made last: "revisions", "edges" …
  size_t done;                         // checks ended
  size_t checks;                       // in all
  absl::Span<const Finding> findings;  // of the last check
};

struct VerifyOptions {
  size_t limit = 1000;  // findings after which verifying stops
  // Also replay the change log (I5). Holds a copy of the graph in memory.
  bool replay = true;
  // Called after each check; an error ends the verifying and is returned. May be empty.
  std::function<absl::Status(const VerifyProgress&)> progress = {};
};

// Walks every row of a store, current and past, and checks all invariants. Empty for a
// sound one. `index` is the one that the store is written with, null where it is without.
// Damage is a finding; an error means that the store could not be read: STORAGE_FAILED,
// or STORAGE_CORRUPT where counters or schema are beyond reading.
absl::StatusOr<std::vector<Finding>> VerifyStore(const kv::Reader& reader,
                                                 const EntityIndex* index,
                                                 const VerifyOptions& options = {});

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_VERIFY_H_
