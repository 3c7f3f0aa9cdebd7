#include "tests/unit/cli/cli_runner.h"

#include <sstream>

#include "client/cli/run.h"

namespace labgraph::cli {

CliRunner::CliRunner() : server_(std::make_shared<client::MockConnection>()) {}

Outcome CliRunner::Run(const std::vector<std::string>& args) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  Console console{
      in, out, err, out_is_terminal, terminal_width, no_color, err_is_terminal};
  address_.clear();
  const int code =
      cli::Run(args, console, [this](const std::string& address, absl::Duration timeout) {
        address_ = address;
        timeout_ = timeout;
        return server_;
      });
  return {code, out.str(), err.str()};
}

}  // namespace labgraph::cli
