#ifndef LABGRAPH_TESTS_FAULTS_SERVER_PROCESS_H_
#define LABGRAPH_TESTS_FAULTS_SERVER_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace labgraph::faults {

// labgraphd as a process of its own, started any number of times on one directory, which
// goes with this. The process ends with the thread that started it, so that none outlives
// a test. To be used by one thread.
class ServerProcess {
 public:
  // Makes the directory; nothing runs yet.
  ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  // Kills what runs and removes the directory.
  ~ServerProcess();

  // Starts the server and waits until it listens, on another port each time. The error
  // holds what it said instead. REQUIRES: it does not run.
  absl::Status Start();
  // Starts it and kills it when it listens, or after `patience` if it does not by then:
  // mostly in the middle of recovering its store.
  void StartAndKill(absl::Duration patience);

  // kill -9, without a warning; returns when the process is gone.
  void Kill();
  // Stops it as an operator would and gives its exit code.
  int Stop();

  // "127.0.0.1:<port>" of the last Start.
  std::string address() const ABSL_LOCKS_EXCLUDED(mu_);
  // Where its store is; nobody else may open it while it runs.
  std::string data_directory() const { return directory_ + "/data"; }

 private:
  void Launch() ABSL_LOCKS_EXCLUDED(mu_);
  // Whether it listens, or has ended without, after at most `patience`.
  void AwaitStart(absl::Duration patience) ABSL_LOCKS_EXCLUDED(mu_);
  // Sends the signal, waits for the end and gives the status of waitpid.
  int End(int signal);
  // What the reading thread does: keeps what the process says, until it ends.
  void ReadLog(int descriptor) ABSL_LOCKS_EXCLUDED(mu_);

  std::string directory_;
  pid_t pid_ = 0;  // 0: does not run
  std::thread reader_;

  mutable absl::Mutex mu_;
  std::string log_ ABSL_GUARDED_BY(mu_);
  std::string address_ ABSL_GUARDED_BY(mu_);  // empty until it listens
  bool ended_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_SERVER_PROCESS_H_
