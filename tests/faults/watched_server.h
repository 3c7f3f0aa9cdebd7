#ifndef LABGRAPH_TESTS_FAULTS_WATCHED_SERVER_H_
#define LABGRAPH_TESTS_FAULTS_WATCHED_SERVER_H_

#include <memory>
#include <string>

#include "grpcpp/server.h"
#include "server/base/clock.h"
#include "server/graph/graph.h"
#include "server/kv/store.h"
#include "server/rpc/graph_service.h"
#include "server/watch/hub.h"

namespace labgraph::faults {

// A server of reads in this process whose graph the test can write to and forget history
// of. It is always at the same address.
class WatchedServer {
 public:
  // A store in memory with a small schema: kinds "lab" and "team", predicates "knows" and
  // "likes" between any.
  explicit WatchedServer(watch::Patience patience);
  ~WatchedServer();

  graph::Graph& graph() { return *graph_; }
  const std::string& address() const { return address_; }

  // Cuts off all callers, and takes calls again.
  void Restart();

 private:
  // Returns the address at which it listens.
  std::string Start(const std::string& address);
  void Stop();

  const watch::Patience patience_;
  const SystemClock clock_;
  const std::unique_ptr<kv::Store> store_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<watch::Hub> hub_;
  std::unique_ptr<rpc::GraphService> service_;
  std::unique_ptr<grpc::Server> server_;
  const std::string address_;  // read by callers while it starts again
};

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_WATCHED_SERVER_H_
