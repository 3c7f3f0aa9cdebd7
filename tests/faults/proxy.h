#ifndef LABGRAPH_TESTS_FAULTS_PROXY_H_
#define LABGRAPH_TESTS_FAULTS_PROXY_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace labgraph::faults {

// How often something happens to a piece of bytes on its way; each is one in so many
// pieces, 0 for never.
struct ProxyFaults {
  uint64_t lose_request = 0;   // cut off before a piece goes to the server
  uint64_t after_request = 0;  // cut off right after one went
  uint64_t lose_reply = 0;     // cut off before a piece goes to the client
  uint64_t delay = 0;          // a piece waits a few milliseconds
  // Besides: the first so many connections are cut off at the first reply.
  uint64_t bad_connections = 0;
};

// What happened, in all.
struct ProxyCounts {
  size_t connections = 0;
  size_t requests_lost = 0;
  size_t cut_after_request = 0;
  size_t replies_lost = 0;
  size_t delays = 0;
};

// A bad line between clients and a server: passes bytes on, and breaks at random. Each
// connection has a thread of its own. Thread-safe.
class Proxy {
 public:
  // To the server at "127.0.0.1:<port>".
  Proxy(const std::string& server, const ProxyFaults& faults, uint64_t seed);
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  // Cuts off all connections.
  ~Proxy();

  // What clients connect to.
  std::string address() const;
  ProxyCounts counts() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  enum class Fate { kPass, kCutBefore, kCutAfter };

  void Accept() ABSL_LOCKS_EXCLUDED(mu_);
  // Passes bytes on, either way, until one side or chance ends it.
  void Serve(int client, bool is_bad);
  // Passes one piece on; false where the connection is to be closed.
  bool Pass(int from, int to, bool is_request);
  Fate Draw(bool is_request) ABSL_LOCKS_EXCLUDED(mu_);
  bool OneIn(uint64_t n) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  const uint16_t server_port_;
  const ProxyFaults faults_;
  const int listener_;
  const int stop_;  // an eventfd that is readable from when on all is to end

  mutable absl::Mutex mu_;
  std::mt19937_64 random_ ABSL_GUARDED_BY(mu_);
  ProxyCounts counts_ ABSL_GUARDED_BY(mu_);

  std::vector<std::thread> connections_;  // of the accepting thread
  std::thread accepting_;                 // last: it uses all the above
};

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_PROXY_H_
