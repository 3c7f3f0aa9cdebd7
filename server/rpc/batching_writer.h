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

// What a message has in it when it is to be filled anew.
enum class Reuse { kNothing, kRows };

// Gathers rows of a stream into messages of about kStreamMessageBytes: small messages
// cost more to send than to make. Not thread-safe.
template <typename Response>
class BatchingWriter {
 public:
  // `writer` and the context of `call` must outlive this.
  BatchingWriter(grpc::ServerWriter<Response>* writer, const Call& call,
                 Reuse reuse = Reuse::kNothing)
      : writer_(writer), reuse_(reuse), limit_(call.context(), call.deadline()) {}

  // The message to add the next row to. With Reuse::kRows it has those of the message
  // before, to be written over.
  Response* message() { return &message_; }

  // Counts a row of `bytes` and sends the message when it is large enough. Blocks while
  // the caller reads slowly. Error: CANCELLED when the caller is gone or has not read all
  // at the call's deadline.
  absl::Status Added(size_t bytes) { return Fills(bytes) ? Send() : absl::OkStatus(); }
  // The two halves of it.
  bool Fills(size_t bytes) {
    bytes_ += bytes;
    return bytes_ >= limits::kStreamMessageBytes;
  }
  absl::Status Send() {
    bytes_ = 0;
    if (!writer_->Write(message_)) return errors::Cancelled();
    if (reuse_ == Reuse::kNothing) message_.Clear();
    return absl::OkStatus();
  }

  // Sends the last message, with what it holds.
  absl::Status Finish() { return Send(); }

 private:
  grpc::ServerWriter<Response>* const writer_;
  const Reuse reuse_;
  const CancelAt limit_;
  Response message_;
  size_t bytes_ = 0;
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_BATCHING_WRITER_H_
