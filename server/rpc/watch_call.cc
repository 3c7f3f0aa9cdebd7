#include "server/rpc/watch_call.h"

#include "server/rpc/call.h"

namespace labgraph::rpc {

WatchCall* WatchCall::Start(grpc::CallbackServerContext* context,
                            const v1::WatchRequest& request, watch::Hub* hub) {
  auto* const call = new WatchCall(context, hub);
  absl::Status started = CheckRequestBytes(request.ByteSizeLong());
  if (started.ok()) started = hub->Start(request, call);
  if (!started.ok()) call->End(started);
  return call;
}

// The call may be gone when Finish returns.
void WatchCall::End(const absl::Status& status) { Finish(Conclude("Watch", status)); }

}  // namespace labgraph::rpc
