// labgraphd: the server's program.

#include <sys/resource.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "server/app/options.h"
#include "server/app/restore.h"
#include "server/app/server.h"
#include "server/app/version.h"
#include "server/base/error.h"
#include "server/base/failpoint.h"
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

// As many files and connections as the system allows: gRPC stops taking connections for
// good when they run out.
void RaiseFileLimit() {
  rlimit files = {};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &files) == 0) return;
  labgraph::Log(labgraph::LogLevel::kWarning,
                absl::StrCat("the limit on open files stays as it is: ",
                             std::generic_category().message(errno)));
}

// For drills: see docs/reliability.md.
bool ConfigureFailpoints() {
  const char* const text = std::getenv("LABGRAPH_FAILPOINTS");
  if (text == nullptr) return true;
  const absl::Status status = labgraph::failpoint::Configure(text);
  if (status.ok()) {
    labgraph::Log(labgraph::LogLevel::kWarning,
                  absl::StrCat("LABGRAPH_FAILPOINTS is set: ", text));
  } else {
    labgraph::Log(labgraph::LogLevel::kError,
                  absl::StrCat("LABGRAPH_FAILPOINTS: ", status.message()));
  }
  return status.ok();
}

// Why something failed, with the reason that a call would be given.
std::string Reason(const absl::Status& status) {
  return absl::StrCat(labgraph::ReasonName(labgraph::ReasonOf(status)), ": ",
                      status.message());
}

int RestoreAndReport(const labgraph::app::Options& options) {
  const absl::Status status = labgraph::app::Restore(options);
  if (status.ok()) {
    labgraph::Log(labgraph::LogLevel::kInfo,
                  absl::StrCat("restored backup ", options.restore, " into ",
                               options.data_dir, "; start labgraphd without --restore"));
    return 0;
  }
  labgraph::Log(labgraph::LogLevel::kError,
                absl::StrCat("cannot restore: ", Reason(status)));
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  using labgraph::Log;
  using labgraph::LogLevel;
  labgraph::app::Options options;
  const int exit_code = labgraph::app::ParseOptions(argc, argv, &options);
  if (exit_code >= 0) return exit_code;
  if (!ConfigureFailpoints()) return 2;
  if (options.restore != 0) return RestoreAndReport(options);
  const sigset_t stop_signals = BlockStopSignals();
  RaiseFileLimit();
  // Debian's Abseil looks for deadlocks at every lock; tests do that, the server need
  // not.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  auto server = labgraph::app::Server::Start(options);
  if (!server.ok()) {
    Log(LogLevel::kError, absl::StrCat("cannot start: ", Reason(server.status())));
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
