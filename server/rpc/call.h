#ifndef LABGRAPH_SERVER_RPC_CALL_H_
#define LABGRAPH_SERVER_RPC_CALL_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message_lite.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "server/base/limits.h"

namespace labgraph::rpc {

// What a handler may know of its call. Thread-safe.
class Call {
 public:
  // `context` must outlive this. An answer takes at most `limit`.
  explicit Call(grpc::ServerContextBase* context,
                absl::Duration limit = absl::Seconds(limits::kDeadlineSeconds.value));

  grpc::ServerContextBase* context() const { return context_; }

  // When the answer must be complete: the caller's deadline, at most the limit from the
  // start.
  absl::Time deadline() const { return deadline_; }

  // OK, or CANCELLED or DEADLINE; loops ask it as they go. Costs no more than reading the
  // clock: whether the caller is gone is asked once in kAskAgain, since gRPC has to look
  // at its queue for it, a system call or several.
  absl::Status Check() const;
  static constexpr absl::Duration kAskAgain = absl::Milliseconds(1);

 private:
  Call(grpc::ServerContextBase* context, absl::Duration limit, absl::Time now);

  bool IsCancelled(absl::Time now) const;

  grpc::ServerContextBase* const context_;
  const absl::Time deadline_;
  mutable std::atomic<int64_t> ask_at_ns_;
};

// What travels of a call's outcome. Logs failures that are the server's own.
grpc::Status Conclude(absl::string_view method, const absl::Status& status);

// That a request of so many bytes is within the limit.
absl::Status CheckRequestBytes(size_t bytes);

// Runs a handler: the one wrapper around all of them. Checks the deadline and the size of
// the request before and concludes with the handler's status.
grpc::Status Serve(grpc::ServerContextBase* context,
                   const google::protobuf::MessageLite& request, absl::string_view method,
                   absl::FunctionRef<absl::Status(const Call& call)> handler);

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_CALL_H_
