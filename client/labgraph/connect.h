#ifndef LABGRAPH_CONNECT_H_
#define LABGRAPH_CONNECT_H_

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "labgraph/connection.h"
#include "labgraph/retry_policy.h"

namespace grpc {
class ChannelCredentials;
}  // namespace grpc

namespace labgraph::client {

struct ConnectOptions {
  // What one call may take, all its attempts and the reading of its stream included.
  // The server cuts a walk in good time before and says so in its summary.
  absl::Duration timeout = absl::Seconds(30);
  // The same for an import, which takes as long as there is data.
  absl::Duration import_timeout = absl::InfiniteDuration();
  RetryPolicy retry;
  // Wait for a server that cannot be reached, until the timeout, where otherwise a call
  // fails with UNAVAILABLE.
  bool wait_for_ready = false;
  // Largest message accepted; a page of large records can pass gRPC's own 4 MiB.
  int max_message_bytes = 64 << 20;
  // Put before gRPC's own name in the user-agent header, for the server's log.
  std::string user_agent = "labgraph-cpp";
  // Null: no encryption and no identity.
  std::shared_ptr<grpc::ChannelCredentials> credentials;
  // Null: the system's clock.
  std::shared_ptr<Clock> clock;
};

// A connection to the server at `target`, for example "localhost:50051" or
// "dns:///graph.example:443". Returns at once; a server that cannot be reached shows in
// the first call. Connections to one target with equal options share their sockets, so
// one connection per timeout costs little.
//
// What is repeated, within the timeout:
//   every read,           after UNAVAILABLE and after a break of the transport. A stream
//   and validate_only     only as long as none of its messages was handed out.
//   Commit                after UNAVAILABLE: a request without request_id gets a random
//                         one first, so that the server knows the repetition.
//   CompactHistory, Erase after UNAVAILABLE.
//   ApplySchema, Import, CreateBackup, DeleteBackup
//                         never.
//   Watch                 has no timeout; watch.h goes on where it broke.
//
// A connection on which calls wait and the server is silent for half a minute, without as
// much as the answer to a ping, counts as broken.
std::shared_ptr<Connection> Connect(const std::string& target,
                                    const ConnectOptions& options = {});

}  // namespace labgraph::client

#endif  // LABGRAPH_CONNECT_H_
