#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "absl/time/time.h"
#include "labgraph/connect.h"
#include "labgraph/retry_policy.h"
#include "seed/console.h"
#include "seed/options.h"
#include "seed/seed.h"
#include "seed/stop_flag.h"

namespace {

// Gives standard streams that are closed a file that takes nothing; else the next file or
// connection opened would be written to in their place.
void HoldStandardStreams() {
  for (int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) == -1) open("/dev/null", O_RDONLY);
  }
}

// A commit of the largest size on a slow disk.
constexpr absl::Duration kCallTimeout = absl::Minutes(4);

}  // namespace

int main(int argc, char** argv) {
  namespace client = labgraph::client;
  namespace seed = labgraph::seed;

  HoldStandardStreams();
  // A load goes on when whoever reads of it has gone away, and then says so.
  std::signal(SIGPIPE, SIG_IGN);
  seed::ExitCode code = seed::kOk;
  absl::optional<seed::Options> options =
      seed::ParseOptions(argc, argv, std::cout, std::cerr, &code);
  if (!options.has_value()) return code;

  client::ConnectOptions connect_options;
  connect_options.timeout = kCallTimeout;
  connect_options.user_agent = "labgraph-seed";
  seed::Console console = seed::Console::Standard();
  client::Clock clock;
  code = seed::Seed(*options, client::Connect(options->server, connect_options), &console,
                    &clock, seed::StopOnSignals());
  if (console.out_is_fine()) return code;
  console.Error("the output cannot be written");
  return code == seed::kOk ? seed::kNoOutput : code;
}
