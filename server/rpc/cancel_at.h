#ifndef LABGRAPH_SERVER_RPC_CANCEL_AT_H_
#define LABGRAPH_SERVER_RPC_CANCEL_AT_H_

#include <memory>

#include "absl/time/time.h"
#include "grpcpp/alarm.h"
#include "grpcpp/server_context.h"

namespace labgraph::rpc {

// Cancels a call at a time, unless this is gone by then. A write to a caller who does not
// read ends in no other way, and holds a thread and a snapshot meanwhile.
class CancelAt {
 public:
  // `context` must outlive this.
  CancelAt(grpc::ServerContextBase* context, absl::Time when);
  ~CancelAt();

  CancelAt(const CancelAt&) = delete;
  CancelAt& operator=(const CancelAt&) = delete;

 private:
  struct Target;

  const std::shared_ptr<Target> target_;  // the alarm may still run when this is gone
  grpc::Alarm alarm_;
};

}  // namespace labgraph::rpc

#endif  // LABGRAPH_SERVER_RPC_CANCEL_AT_H_
