#ifndef LABGRAPH_SERVER_GRAPH_STATEMENT_SEARCH_H_
#define LABGRAPH_SERVER_GRAPH_STATEMENT_SEARCH_H_

#include <string>

#include "absl/status/statusor.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/record_reader.h"

namespace labgraph::graph {

// The id of some statement that has all that `match` sets; empty where none does. An
// inverse name swaps the ends, a symmetric predicate holds either way. Errors at fields
// of StatementMatch: FIELD_REQUIRED, ID_MALFORMED, KIND_UNKNOWN, PREDICATE_UNKNOWN.
absl::StatusOr<std::string> FindMatchingStatement(const v1::StatementMatch& match,
                                                  const RecordReader& records);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_STATEMENT_SEARCH_H_
