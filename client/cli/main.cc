#include <csignal>

#include "client/cli/console.h"
#include "client/cli/run.h"
#include "labgraph/connect.h"

namespace {

std::shared_ptr<labgraph::client::Connection> Connect(const std::string& server,
                                                      absl::Duration timeout) {
  labgraph::client::ConnectOptions options;
  options.timeout = timeout;
  options.user_agent = "labgraph-cli";
  return labgraph::client::Connect(server, options);
}

}  // namespace

int main(int argc, char** argv) {
  // Whoever reads the output may go away when he has enough (head, less): that is no
  // error, and neither is Ctrl-C, which ends the program as it is.
  std::signal(SIGPIPE, SIG_DFL);
  return labgraph::cli::Run({argv + 1, argv + argc}, labgraph::cli::StandardConsole(),
                            Connect);
}
