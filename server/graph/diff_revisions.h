#ifndef LABGRAPH_SERVER_GRAPH_DIFF_REVISIONS_H_
#define LABGRAPH_SERVER_GRAPH_DIFF_REVISIONS_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "labgraph/v1/history.pb.h"
#include "server/graph/record_filter.h"
#include "server/graph/view.h"

namespace labgraph::graph {

// A place between the events of the changes: event `event` of `revision` is next.
struct DiffPosition {
  keys::Revision revision = 0;
  uint64_t event = 0;
};

struct DiffPage {
  v1::DiffRevisionsResponse response;  // without next_page_token
  bool more = false;
  DiffPosition next;  // where there is more
};

// Records that `to` does not have as `from` does, each told once. Walks the
// changes between the two from `start` on and gives at most `size` records; a page that
// looks at many changes ends before. The memory it takes does not depend on how far apart
// they are. REQUIRES: both views are of one head, and `start` lies between them.
// Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<DiffPage> DiffRevisions(View& from, View& to, const RecordFilter& filter,
                                       DiffPosition start, size_t size);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_DIFF_REVISIONS_H_
