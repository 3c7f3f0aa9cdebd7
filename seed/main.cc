#include <iostream>

#include "absl/time/time.h"
#include "labgraph/connect.h"
#include "labgraph/retry_policy.h"
#include "seed/console.h"
#include "seed/options.h"
#include "seed/seed.h"
#include "seed/stop_flag.h"

namespace {

// A commit of the largest size on a slow disk.
constexpr absl::Duration kCallTimeout = absl::Minutes(4);

}  // namespace

int main(int argc, char** argv) {
  namespace client = labgraph::client;
  namespace seed = labgraph::seed;

  seed::ExitCode code = seed::kOk;
  absl::optional<seed::Options> options =
      seed::ParseOptions(argc, argv, std::cout, std::cerr, &code);
  if (!options.has_value()) return code;

  client::ConnectOptions connect_options;
  connect_options.timeout = kCallTimeout;
  connect_options.user_agent = "labgraph-seed";
  seed::Console console = seed::Console::Standard();
  client::Clock clock;
  return seed::Seed(*options, client::Connect(options->server, connect_options), &console,
                    &clock, seed::StopOnSignals());
}
