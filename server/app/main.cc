// labgraphd: the server's program.

#include <csignal>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "server/app/options.h"
#include "server/app/server.h"
#include "server/app/version.h"
#include "server/base/log.h"

namespace {

// Blocked in every thread, so that only sigwait takes them.
sigset_t BlockStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // A caller that went away, and a limit on file size, are errors of one call.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return signals;
}

}  // namespace

int main(int argc, char** argv) {
  using labgraph::Log;
  using labgraph::LogLevel;
  labgraph::app::Options options;
  const int exit_code = labgraph::app::ParseOptions(argc, argv, &options);
  if (exit_code >= 0) return exit_code;
  const sigset_t stop_signals = BlockStopSignals();
  // Debian's Abseil looks for deadlocks at every lock; tests do that, the server need
  // not.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  auto server = labgraph::app::Server::Start(options);
  if (!server.ok()) {
    Log(LogLevel::kError, absl::StrCat("cannot start: ", server.status().message()));
    return 1;
  }
  Log(LogLevel::kInfo,
      absl::StrCat("labgraphd ", labgraph::app::kVersion, ", ", (*server)->Describe()));
  Log(LogLevel::kInfo, absl::StrCat("listening on ", (*server)->address()));

  int signal = 0;
  sigwait(&stop_signals, &signal);
  Log(LogLevel::kInfo, absl::StrCat("stopping on signal ", signal));
  (*server)->Shutdown(options.drain);
  Log(LogLevel::kInfo, "stopped");
  return 0;
}
