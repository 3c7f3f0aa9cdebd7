#ifndef LABGRAPH_SERVER_APP_SERVER_H_
#define LABGRAPH_SERVER_APP_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/app/options.h"
#include "server/base/clock.h"

namespace labgraph::app {

// A running server: store, graph, services and listener, put together here and nowhere
// else. Thread-safe.
class Server {
 public:
  // Opens the store and serves. Errors: STORAGE_FAILED, STORAGE_CORRUPT for the store;
  // UNAVAILABLE (BUSY) for an address that cannot be listened on.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const Options& options);

  // Stops as Shutdown with no time left.
  virtual ~Server() = default;

  // Where it listens, "host:port" with the port in use.
  virtual std::string address() const = 0;

  // One line about what is served, for the log.
  virtual std::string Describe() const = 0;

  // Takes no new calls, says so in health, lets running ones end within `drain`, then
  // cancels what is left. Returns when all have ended.
  virtual void Shutdown(absl::Duration drain) = 0;
};

}  // namespace labgraph::app

#endif  // LABGRAPH_SERVER_APP_SERVER_H_
