#include "client/cli/commands/commands.h"
#include "client/cli/options.h"

namespace labgraph::cli {
namespace {

class VersionCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    return program.add_subcommand("version", "The version of this program");
  }
  std::vector<Format> Formats() const override { return {}; }
  bool Reads() const override { return false; }
  bool AsksServer() const override { return false; }
  absl::Status Run(const Call& call) override {
    call.output.out() << "labgraph " LABGRAPH_VERSION "\n";
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Command> MakeVersionCommand() {
  return std::make_unique<VersionCommand>();
}

}  // namespace labgraph::cli
