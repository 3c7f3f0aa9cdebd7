#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/usage_error.h"

namespace labgraph::cli {
namespace {

class HelpCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    program_ = &program;
    CLI::App* command = program.add_subcommand("help", "Help on a command");
    command->add_option("command", name_, "The command; none: an overview")
        ->type_name("COMMAND");
    return command;
  }

  std::vector<Format> Formats() const override { return {}; }
  bool Reads() const override { return false; }
  bool AsksServer() const override { return false; }

  absl::Status Run(const Call& call) override {
    if (name_.empty()) {
      call.output.out() << HelpOn(*program_, program_->get_name());
      return absl::OkStatus();
    }
    for (const CLI::App* command : program_->get_subcommands(nullptr)) {
      if (command->get_name() != name_) continue;
      call.output.out() << HelpOn(
          *command, absl::StrCat(program_->get_name(), " ", command->get_name()));
      return absl::OkStatus();
    }
    return UsageError(absl::StrCat("there is no command \"", name_, "\""));
  }

 private:
  // App::help of a program is that on the command it has just parsed, which here is help.
  static std::string HelpOn(const CLI::App& app, const std::string& name) {
    return app.get_formatter()->make_help(&app, name, CLI::AppFormatMode::Normal);
  }

  const CLI::App* program_ = nullptr;
  std::string name_;  // empty: the program as a whole
};

}  // namespace

std::unique_ptr<Command> MakeHelpCommand() { return std::make_unique<HelpCommand>(); }

}  // namespace labgraph::cli
