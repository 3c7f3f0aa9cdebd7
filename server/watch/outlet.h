#ifndef LABGRAPH_SERVER_WATCH_OUTLET_H_
#define LABGRAPH_SERVER_WATCH_OUTLET_H_

#include "absl/status/status.h"
#include "labgraph/v1/history.pb.h"

namespace labgraph::watch {

// Where the messages of one watch go: the transport, as the hub sees it. Called by the
// hub's thread alone. None of the calls may wait.
class Outlet {
 public:
  virtual ~Outlet() = default;

  // Begins to send. `message` stays as it is until Hub::Sent is called, which may be from
  // within this. At most one is being sent.
  virtual void Send(const v1::WatchResponse& message) = 0;

  // Makes a message that is being sent fail, if the transport will not take it. Called at
  // most once.
  virtual void GiveUp() = 0;

  // The watch is over; nothing is being sent. The hub's last use of the outlet, which may
  // be gone when this returns.
  virtual void End(const absl::Status& status) = 0;
};

}  // namespace labgraph::watch

#endif  // LABGRAPH_SERVER_WATCH_OUTLET_H_
