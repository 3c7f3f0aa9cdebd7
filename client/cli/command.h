#ifndef LABGRAPH_CLIENT_CLI_COMMAND_H_
#define LABGRAPH_CLIENT_CLI_COMMAND_H_

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "client/cli/format.h"
#include "client/cli/output/output.h"
#include "labgraph/connection.h"
#include "labgraph/v1/read_options.pb.h"

namespace CLI {
class App;
}  // namespace CLI

namespace labgraph::cli {

// What a command works with, for the time that it runs.
struct Call {
  std::shared_ptr<client::Connection> connection;  // null where no server is asked
  v1::ReadOptions read;  // from --at, --certainty, --revision and --lang
  Output& output;
};

// One command of the program. Declared once, then run at most once. Not thread-safe.
class Command {
 public:
  virtual ~Command() = default;

  // Adds the command with its arguments and options to the program's command line, and
  // gives what it added. The command must outlive it.
  virtual CLI::App* Declare(CLI::App& program) = 0;

  // The formats it can give with the options that were parsed; the first is what it gives
  // when none is asked for. Empty: it writes text, and -o has no meaning.
  virtual std::vector<Format> Formats() const = 0;

  // Whether --at, --certainty and --revision have a meaning for it.
  virtual bool Reads() const { return true; }

  // Whether --at has one, with the options that were parsed.
  virtual bool ReadsDay() const { return Reads(); }

  // Whether it asks a server; one that does not gets no connection.
  virtual bool AsksServer() const { return true; }

  // Whether it changes what a server has, so that repeating it is not the same as giving
  // it once.
  virtual bool Changes() const { return false; }

  // How long to wait for an answer when --timeout does not say it.
  virtual absl::Duration Timeout() const { return absl::Seconds(30); }

  // Does it. An error was not written anywhere yet; an answer that came before it may
  // have been.
  virtual absl::Status Run(const Call& call) = 0;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_COMMAND_H_
