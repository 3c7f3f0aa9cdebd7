#include "labgraph/watch.h"

#include <string>
#include <vector>

#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/json.h"
#include "client/cli/watch_lines.h"

namespace labgraph::cli {
namespace {

class WatchCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("watch", "Changes as they are committed, until Ctrl-C");
    CLI::Option* from = AddNumber<uint64_t>(
        *command, "--from", 0, [this](uint64_t revision) { watch_.After(revision); },
        "Begin with what was committed after this revision");
    CLI::Option* snapshot = command->add_flag_callback(
        "--snapshot", [this] { watch_.Snapshot(); },
        "Begin with all that there is, then what changes");
    CLI::Option* resume =
        command
            ->add_option_function<std::string>(
                "--resume", [this](const std::string& token) { watch_.Resume(token); },
                "Go on behind a line of -o jsonl that had this resume_token")
            ->type_name("TOKEN");
    from->excludes(snapshot)->excludes(resume);
    snapshot->excludes(resume);
    AddNames(*command, "--kind", kinds_, "Only of these kinds and those under them");
    AddNames(*command, "--predicate", predicates_, "Only these relations and properties");
    AddNames(*command, "--entity", entities_, "Only what is about these entities");
    AddCount(*command, "--count", count_, "End after so many commits");
    command->footer(
        "It goes on by itself where the connection breaks or the server is restarted.\n"
        "What happens to labs, one JSON document for each commit:\n"
        "  labgraph watch --kind lab -o jsonl");
    return command;
  }

  std::vector<Format> Formats() const override {
    return {Format::kTable, Format::kJson, Format::kJsonl};
  }

  bool Reads() const override { return false; }

  absl::Status Run(const Call& call) override {
    watch_.Kinds(kinds_).Predicates(predicates_).Entities(entities_);
    WatchLines lines(call.output.look(), call.read.lang(), call.output.out());
    client::WatchRange events = watch_.Run(call.connection);
    uint64_t commits = 0;
    while (!call.output.closed()) {
      const auto event = events.Next();
      if (!event.has_value()) break;
      if (!event->ok()) return event->status();
      Write(**event, lines, call.output);
      if ((*event)->type == client::WatchEvent::Type::kChange && ++commits == count_) {
        break;
      }
    }
    return absl::OkStatus();
  }

 private:
  // Each event at once, however few there are.
  static void Write(const client::WatchEvent& event, WatchLines& lines, Output& output) {
    switch (output.format()) {
      case Format::kJson:
        output.out() << ToJsonText(MessageOf(event));
        break;
      case Format::kJsonl:
        output.out() << ToJsonLine(MessageOf(event)) << '\n';
        break;
      default:
        lines.Write(event);
    }
    output.out().flush();
  }

  client::Watch watch_;
  std::vector<std::string> kinds_;
  std::vector<std::string> predicates_;
  std::vector<std::string> entities_;
  uint64_t count_ = 0;  // 0: without end
};

}  // namespace

std::unique_ptr<Command> MakeWatchCommand() { return std::make_unique<WatchCommand>(); }

}  // namespace labgraph::cli
