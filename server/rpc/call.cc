#include "server/rpc/call.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/log.h"
#include "server/rpc/grpc_status.h"

namespace labgraph::rpc {
namespace {

// Whether an error says that the server, not the caller, is in trouble. That it has
// enough to do, or is being stopped, does not.
bool IsOurs(const absl::Status& status) {
  const absl::StatusCode code = status.code();
  if (ReasonOf(status) == v1::ERROR_REASON_BUSY) return false;
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kDataLoss ||
         code == absl::StatusCode::kUnavailable || code == absl::StatusCode::kUnknown;
}

}  // namespace

Call::Call(grpc::ServerContextBase* context, absl::Duration limit)
    : Call(context, limit, absl::Now()) {}

Call::Call(grpc::ServerContextBase* context, absl::Duration limit, absl::Time now)
    : context_(context),
      deadline_(std::min(absl::FromChrono(context->deadline()), now + limit)),
      ask_at_ns_(absl::ToUnixNanos(now + kAskAgain)) {}

bool Call::IsCancelled(absl::Time now) const {
  if (absl::ToUnixNanos(now) < ask_at_ns_.load(std::memory_order_relaxed)) return false;
  ask_at_ns_.store(absl::ToUnixNanos(now + kAskAgain), std::memory_order_relaxed);
  return context_->IsCancelled();
}

absl::Status Call::Check() const {
  const absl::Time now = absl::Now();
  if (IsCancelled(now)) return errors::Cancelled();
  return now < deadline_ ? absl::OkStatus() : errors::DeadlineExceeded();
}

grpc::Status Conclude(absl::string_view method, const absl::Status& status) {
  if (IsOurs(status)) {
    Log(LogLevel::kError, absl::StrCat(method, " failed: ", status.ToString()));
  }
  return ToGrpc(status);
}

absl::Status CheckRequestBytes(size_t bytes) {
  return bytes <= limits::kRequestBytes.value
             ? absl::OkStatus()
             : errors::LimitExceeded("", limits::kRequestBytes, bytes);
}

grpc::Status Serve(grpc::ServerContextBase* context,
                   const google::protobuf::MessageLite& request, absl::string_view method,
                   absl::FunctionRef<absl::Status(const Call& call)> handler) {
  const Call call(context);
  absl::Status status = call.Check();
  status.Update(CheckRequestBytes(request.ByteSizeLong()));
  return Conclude(method, status.ok() ? handler(call) : status);
}

}  // namespace labgraph::rpc
