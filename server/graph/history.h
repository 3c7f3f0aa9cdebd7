#ifndef LABGRAPH_SERVER_GRAPH_HISTORY_H_
#define LABGRAPH_SERVER_GRAPH_HISTORY_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "labgraph/v1/history.pb.h"
#include "server/graph/view.h"

namespace labgraph::graph {

// What a record was before.
struct HistoryPage {
  v1::GetHistoryResponse response;  // without next_page_token and revision
  keys::Revision more_below = 0;    // versions before this revision remain; 0: none
};

// The versions of the record that the request names, as of the view's revision: those
// before `below` (0: all), at most `size`. Errors: FIELD_REQUIRED, ID_MALFORMED,
// KIND_UNKNOWN, ENTITY_NOT_FOUND at "entity"; STATEMENT_NOT_FOUND, ID_MALFORMED at
// "statement"; STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<HistoryPage> ReadHistory(const v1::GetHistoryRequest& request, View& view,
                                        keys::Revision below, size_t size);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_HISTORY_H_
