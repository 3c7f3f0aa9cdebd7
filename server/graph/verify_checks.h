#ifndef LABGRAPH_SERVER_GRAPH_VERIFY_CHECKS_H_
#define LABGRAPH_SERVER_GRAPH_VERIFY_CHECKS_H_

// The checks of VerifyStore. Each adds what it finds to the context and fails only
// where the store cannot be read. Private to the verify files.

#include "absl/status/status.h"
#include "server/graph/verify_context.h"

namespace labgraph::graph {

// verify_history.cc
//
// I9: every revision up to the newest has its change, in order of time, and no row is of
// another revision.
absl::Status CheckRevisions(VerifyContext& context);
// I4: the versions of a row follow one another.
absl::Status CheckVersions(VerifyContext& context);
// I11: the counters are those of the rows.
absl::Status CheckCounters(VerifyContext& context);

// verify_edges.cc
//
// I10: segments are ordered, within their key ranges, neither empty nor too large.
// I1 and I3: every edge, current and past, has its statement.
absl::Status CheckEdges(VerifyContext& context);

// verify_records.cc
//
// I1, I2, I3, I7: every version of a record has what it refers to and every row derived
// from it, at its first and at its last revision.
absl::Status CheckRecords(VerifyContext& context);

// verify_index.cc
//
// I3: every row of an index, current and past, has its record.
absl::Status CheckIndexRows(VerifyContext& context);

// verify_ids.cc
//
// I12: an erased id has a tombstone and, at no revision, a record.
absl::Status CheckErased(VerifyContext& context);
// I13: an id that leads to another has no entity.
absl::Status CheckRedirects(VerifyContext& context);

// verify_rules.cc
//
// I8: every current record is in normal form and keeps the rules of the schema.
absl::Status CheckRules(VerifyContext& context);

// verify_replay.cc
//
// I5: the change log, replayed from an empty store or from what stood at the oldest
// revision, gives the same rows.
absl::Status CheckReplay(VerifyContext& context);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_VERIFY_CHECKS_H_
