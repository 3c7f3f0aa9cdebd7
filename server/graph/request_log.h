#ifndef LABGRAPH_SERVER_GRAPH_REQUEST_LOG_H_
#define LABGRAPH_SERVER_GRAPH_REQUEST_LOG_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/write_buffer.h"

namespace labgraph::graph {

// How long the answer to a request_id is kept.
inline constexpr absl::Duration kRequestWindow = absl::Hours(24);

// The answers to requests with an id, so that a retry gets the first answer. Rows live in
// kRequest and are written in the commit's own batch. Used by the committer's thread.
//
//   "i" id   -> varint(unix seconds) 32 bytes SHA-256 of the request, CommitResponse
//   "t" time id -> nothing; the order in which answers grow old
class RequestLog {
 public:
  // `buffer` must outlive this.
  RequestLog(WriteBuffer* buffer, absl::Time now) : buffer_(buffer), now_(now) {}

  // True, with the first answer in `response`, when the same request was answered within
  // the window. False for a request without id. Error: REQUEST_ID_REUSED.
  absl::StatusOr<bool> Find(const v1::CommitRequest& request,
                            v1::CommitResponse* response) const;

  // Keeps the answer, and drops a few that are past the window.
  absl::Status Remember(const v1::CommitRequest& request,
                        const v1::CommitResponse& response);

 private:
  absl::Status DropOld();

  WriteBuffer* const buffer_;
  const absl::Time now_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_REQUEST_LOG_H_
