#ifndef LABGRAPH_SERVER_APP_LISTENER_H_
#define LABGRAPH_SERVER_APP_LISTENER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "grpcpp/server.h"

namespace labgraph::app {

// Services that take calls.
struct Listener {
  std::unique_ptr<grpc::Server> server;
  std::string address;  // "host:port" with the port in use
};

// Listens on `address`, "host:port" where port 0 takes a free one, for `services`, health
// and reflection, with the transport's limits. The services must outlive the listener.
// Errors: UNAVAILABLE (BUSY) for an address that cannot be listened on.
absl::StatusOr<Listener> Listen(const std::string& address,
                                absl::Span<grpc::Service* const> services);

}  // namespace labgraph::app

#endif  // LABGRAPH_SERVER_APP_LISTENER_H_
