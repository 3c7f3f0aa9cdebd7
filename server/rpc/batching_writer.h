#ifndef LABGRAPH_SERVER_RPC_BATCHING_WRITER_H_
#define LABGRAPH_SERVER_RPC_BATCHING_WRITER_H_

#include <cstddef>

#include "absl/status/status.h"
#include "grpcpp/support/sync_stream.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/rpc/call.h"
#include "server/rpc/cancel_at.h"

namespace labgraph::rpc {

// Gathers rows of a stream into messages of about kStreamMessageBytes: small messages
// cost more to send than to make. Not thread-safe.
template <typename Response>
class BatchingWriter {
 public:
  // `writer` and the context of `call` must outlive this.
  BatchingWriter(grpc::ServerWriter<Response>* writer, const Call& call)
      : writer_(writer), limit_(call.context(), call.deadline()) {}

  // The message to add the next row to; call Added with the row's size after.
  Response* message() { return &message_; }

  // Counts a row of `bytes` and sends the message when it is large enough. Blocks while
  // the caller reads slowly. Error: CANCELLED when the caller is gone or has not read all
  // at the call's deadline.
  absl::Status Added(size_t bytes) {
    bytes_ += bytes;
    return bytes_ < limits::kStreamMessageBytes ? absl::OkStatus() : Send();
  }

  // Sends the last message, with what it holds.
  absl::Status Finish() { return Send(); }

 private:
  absl::Status Send() {
    const bool sent = writer_->Write(message_);
    message_.Clear();
    bytes_ = 0;
    return sent ? absl::OkStatus() : errors::Cancelled();
  }

  grpc::ServerWriter<Response>* const writer_;
  const CancelAt limit_;
  Response message_;
  size_t bytes_ = 0;
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_BATCHING_WRITER_H_
