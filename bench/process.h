#ifndef LABGRAPH_BENCH_PROCESS_H_
#define LABGRAPH_BENCH_PROCESS_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace labgraph::bench {

// A program that runs beside this one. What goes wrong with it ends this one. Not
// thread-safe.
class Process {
 public:
  // `command`: path and arguments.
  explicit Process(const std::vector<std::string>& command);
  // Ends the program, if it has not ended, and waits until it has.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Waits until it says `mark`; gives the rest of that line.
  std::string WaitFor(const std::string& mark) ABSL_LOCKS_EXCLUDED(mu_);
  // Waits until it ends, which it must do with success.
  void WaitForSuccess() ABSL_LOCKS_EXCLUDED(mu_);

  // The most memory it has held so far. REQUIRES: it runs.
  uint64_t PeakBytes() const;

 private:
  void Listen(int output) ABSL_LOCKS_EXCLUDED(mu_);
  // Gives its exit status, 0 for success.
  int WaitForEnd();

  const std::string name_;
  pid_t pid_ = 0;  // 0: it has ended
  absl::Mutex mu_;
  std::string said_ ABSL_GUARDED_BY(mu_);  // on both its outputs
  bool silent_ ABSL_GUARDED_BY(mu_) = false;
  std::thread listener_;  // a program whose output nobody reads would stop
};

// A server on a free port of this machine. As above.
class Daemon {
 public:
  // `command`: a program that listens on --listen and says "listening on <address>", and
  // `ready` (may be empty) when it is ready to be measured.
  explicit Daemon(std::vector<std::string> command, const std::string& ready = "");

  const std::string& address() const { return address_; }
  uint64_t PeakBytes() const { return process_.PeakBytes(); }

 private:
  Process process_;
  const std::string address_;
};

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_PROCESS_H_
