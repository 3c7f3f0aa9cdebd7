#include "tests/faults/server_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/temporary_name.h"

namespace labgraph::faults {
namespace {

constexpr absl::Duration kStartPatience = absl::Seconds(60);
constexpr char kListening[] = "listening on ";

// Runs in the child, where only calls that are safe in signal handlers are allowed.
[[noreturn]] void Become(char* const* command, int log) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(log, STDERR_FILENO);
  ::execv(command[0], command);
  ::_exit(127);
}

}  // namespace

ServerProcess::ServerProcess() : directory_(testing::TemporaryName("labgraph-faults")) {
  EXPECT_NE(::mkdtemp(directory_.data()), nullptr) << directory_;
}

ServerProcess::~ServerProcess() {
  if (pid_ != 0) Kill();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

absl::Status ServerProcess::Start() {
  Launch();
  AwaitStart(kStartPatience);
  {
    absl::MutexLock lock(&mu_);
    if (!address_.empty()) return absl::OkStatus();
  }
  Kill();
  absl::MutexLock lock(&mu_);
  return absl::UnavailableError(absl::StrCat("labgraphd did not start:\n", log_));
}

void ServerProcess::StartAndKill(absl::Duration patience) {
  Launch();
  AwaitStart(patience);
  Kill();
}

void ServerProcess::Launch() {
  ASSERT_EQ(pid_, 0);
  {
    absl::MutexLock lock(&mu_);
    log_.clear();
    address_.clear();
    ended_ = false;
  }
  std::string words[] = {LABGRAPH_SERVER_PROGRAM, "--data", data_directory(), "--listen",
                         "127.0.0.1:0"};
  char* command[] = {words[0].data(), words[1].data(), words[2].data(),
                     words[3].data(), words[4].data(), nullptr};
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  pid_ = ::fork();
  if (pid_ == 0) Become(command, ends[1]);
  ::close(ends[1]);
  reader_ = std::thread([this, log = ends[0]] { ReadLog(log); });
}

void ServerProcess::AwaitStart(absl::Duration patience) {
  absl::MutexLock lock(&mu_);
  const auto known = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return !address_.empty() || ended_;
  };
  mu_.AwaitWithTimeout(absl::Condition(&known), patience);
}

void ServerProcess::Kill() { End(SIGKILL); }

int ServerProcess::Stop() {
  const int status = End(SIGTERM);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int ServerProcess::End(int signal) {
  int status = 0;
  ::kill(pid_, signal);
  ::waitpid(pid_, &status, 0);
  pid_ = 0;
  reader_.join();
  return status;
}

void ServerProcess::ReadLog(int descriptor) {
  char bytes[4096];
  ssize_t size = 0;
  while ((size = ::read(descriptor, bytes, sizeof(bytes))) > 0) {
    absl::MutexLock lock(&mu_);
    log_.append(bytes, static_cast<size_t>(size));
    const size_t found = log_.find(kListening);
    const size_t end = found == std::string::npos ? found : log_.find('\n', found);
    if (address_.empty() && end != std::string::npos) {
      const size_t begin = found + sizeof(kListening) - 1;
      address_ = log_.substr(begin, end - begin);
    }
  }
  ::close(descriptor);
  absl::MutexLock lock(&mu_);
  ended_ = true;
}

std::string ServerProcess::address() const {
  absl::MutexLock lock(&mu_);
  return address_;
}

}  // namespace labgraph::faults
