#ifndef LABGRAPH_HISTORY_H_
#define LABGRAPH_HISTORY_H_

#include <memory>

#include "labgraph/connection.h"
#include "labgraph/range.h"

// What was, as ranges of any length, page after page as they are wanted. All pages show
// the same revisions. `page_size` of a request says how much is fetched at a time,
// `page_token` where to begin.

namespace labgraph::client {

// The versions of a record, the newest first, down to the oldest that is kept. None for a
// record that was erased. Whether that is so, and whether older versions are forgotten,
// is said by the pages of Connection::GetHistory.
Range<v1::Version> ReadHistory(std::shared_ptr<Connection> connection,
                               v1::GetHistoryRequest request);

// One element for each record that is not as it was, in the order in which they last
// changed.
Range<v1::RecordDifference> DiffRevisions(std::shared_ptr<Connection> connection,
                                          v1::DiffRevisionsRequest request);

}  // namespace labgraph::client

#endif  // LABGRAPH_HISTORY_H_
