#include "bench/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "bench/require.h"

namespace labgraph::bench {
namespace {

// The program ends with this one, however this one ends.
pid_t Spawn(const std::vector<std::string>& command, int output) {
  std::vector<char*> arguments;
  for (const std::string& part : command) {
    arguments.push_back(const_cast<char*>(part.c_str()));
  }
  arguments.push_back(nullptr);
  const pid_t pid = fork();
  if (pid < 0) Require(absl::ResourceExhaustedError("no process"));
  if (pid > 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  execv(arguments[0], arguments.data());
  constexpr char kNoSuchProgram[] = "no such program\n";
  [[maybe_unused]] const ssize_t written =
      write(STDERR_FILENO, kNoSuchProgram, sizeof(kNoSuchProgram) - 1);
  _exit(1);
}

std::vector<std::string> WithFreePort(std::vector<std::string> command) {
  command.insert(command.end(), {"--listen", "127.0.0.1:0"});
  return command;
}

}  // namespace

Process::Process(const std::vector<std::string>& command) : name_(command.front()) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) Require(absl::ResourceExhaustedError("no pipe"));
  pid_ = Spawn(command, ends[1]);
  close(ends[1]);
  listener_ = std::thread([this, output = ends[0]] { Listen(output); });
}

Process::~Process() {
  if (pid_ != 0) {
    kill(pid_, SIGTERM);
    WaitForEnd();
  }
  if (listener_.joinable()) listener_.join();
}

void Process::Listen(int output) {
  char buffer[4096];
  ssize_t size;
  while ((size = read(output, buffer, sizeof(buffer))) > 0) {
    absl::MutexLock lock(&mu_);
    said_.append(buffer, static_cast<size_t>(size));
  }
  close(output);
  absl::MutexLock lock(&mu_);
  silent_ = true;
}

std::string Process::WaitFor(const std::string& mark) {
  absl::MutexLock lock(&mu_);
  const auto found = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    const size_t at = said_.find(mark);
    return silent_ ||
           (at != std::string::npos && said_.find('\n', at) != std::string::npos);
  };
  mu_.Await(absl::Condition(&found));
  const size_t at = said_.find(mark);
  if (at == std::string::npos) {
    Require(absl::UnavailableError(absl::StrCat(name_, " ended: ", said_)));
  }
  const size_t from = at + mark.size();
  return said_.substr(from, said_.find('\n', from) - from);
}

int Process::WaitForEnd() {
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = 0;
  return status;
}

void Process::WaitForSuccess() {
  const int status = WaitForEnd();
  listener_.join();
  absl::MutexLock lock(&mu_);
  if (status != 0) Require(absl::UnknownError(absl::StrCat(name_, " failed: ", said_)));
}

uint64_t Process::PeakBytes() const {
  std::ifstream file(absl::StrCat("/proc/", pid_, "/status"));
  std::string line;
  while (std::getline(file, line)) {
    if (!absl::StartsWith(line, "VmHWM:")) continue;
    const std::vector<absl::string_view> fields =
        absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    uint64_t kib = 0;
    if (fields.size() > 1 && absl::SimpleAtoi(fields[1], &kib)) return kib * 1024;
  }
  Require(absl::UnavailableError("no VmHWM in /proc"));
  return 0;
}

Daemon::Daemon(std::vector<std::string> command, const std::string& ready)
    : process_(WithFreePort(std::move(command))),
      address_(process_.WaitFor("listening on ")) {
  process_.WaitFor(ready);
}

}  // namespace labgraph::bench
