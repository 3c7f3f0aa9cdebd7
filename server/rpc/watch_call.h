#ifndef LABGRAPH_SERVER_RPC_WATCH_CALL_H_
#define LABGRAPH_SERVER_RPC_WATCH_CALL_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/watch/hub.h"
#include "server/watch/outlet.h"

namespace labgraph::rpc {

// One call of Watch: hands messages from the hub to gRPC, one after another, and tells
// the hub what became of them. Holds no thread, and takes as long as its caller lets it:
// the limit on a call's time is for answers. Belongs to itself and goes when the call is
// done.
class WatchCall final : public grpc::ServerWriteReactor<v1::WatchResponse>,
                        public watch::Outlet {
 public:
  // Begins. `hub` must outlive the call.
  static WatchCall* Start(grpc::CallbackServerContext* context,
                          const v1::WatchRequest& request, watch::Hub* hub);

 private:
  WatchCall(grpc::CallbackServerContext* context, watch::Hub* hub)
      : context_(context), hub_(hub) {}

  void Send(const v1::WatchResponse& message) override { StartWrite(&message); }
  void GiveUp() override { context_->TryCancel(); }
  void End(const absl::Status& status) override;

  void OnWriteDone(bool ok) override { hub_->Sent(this, ok); }
  void OnCancel() override { hub_->Cancelled(this); }
  void OnDone() override { delete this; }

  grpc::CallbackServerContext* const context_;
  watch::Hub* const hub_;
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_WATCH_CALL_H_
