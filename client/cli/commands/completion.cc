#include "client/cli/commands/commands.h"
#include "client/cli/completion/scripts.h"
#include "client/cli/options.h"

namespace labgraph::cli {
namespace {

using Writer = void (*)(const CompletionModel& model, std::ostream& out);

class CompletionCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    program_ = &program;
    CLI::App* command =
        program.add_subcommand("completion", "A script that completes command lines");
    AddChoice<Writer>(
        *command, "shell",
        {{"bash", WriteBashCompletion},
         {"zsh", WriteZshCompletion},
         {"fish", WriteFishCompletion}},
        [this](const Writer& writer) { writer_ = writer; }, "The shell it is for")
        ->required();
    command->footer("For this session of bash: source <(labgraph completion bash)");
    return command;
  }

  std::vector<Format> Formats() const override { return {}; }
  bool Reads() const override { return false; }
  bool AsksServer() const override { return false; }

  absl::Status Run(const Call& call) override {
    writer_(ModelOf(*program_), call.output.out());
    return absl::OkStatus();
  }

 private:
  const CLI::App* program_ = nullptr;
  Writer writer_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> MakeCompletionCommand() {
  return std::make_unique<CompletionCommand>();
}

}  // namespace labgraph::cli
