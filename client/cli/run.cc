#include "client/cli/run.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands/commands.h"
#include "client/cli/exit_code.h"
#include "client/cli/global_options.h"
#include "client/cli/help_formatter.h"
#include "client/cli/options.h"
#include "client/cli/output/display_width.h"
#include "client/cli/output/output.h"
#include "client/cli/report.h"
#include "client/cli/usage_error.h"

namespace labgraph::cli {
namespace {

constexpr char kDescription[] =
    "Asks a labgraph server questions, and changes what it knows.";
constexpr char kFooter[] =
    "Options of this list stand before or after any command.\n"
    "Exit codes: 0 done; 1 not found, or refused by the server; 2 wrong command line or "
    "input;\n"
    "3 server not reachable, busy or too slow; 4 server error, or output not writable;\n"
    "5 damaged data.";

// The program's command line with all commands declared on it.
class CommandLine {
 public:
  explicit CommandLine(std::istream& in) : commands_(MakeCommands(in)) {
    app_.formatter(std::make_shared<HelpFormatter>());
    app_.require_subcommand(1);
    // Before the commands are declared, which take it over: global options may follow.
    app_.fallthrough();
    DeclareGlobalOptions(app_, options_);
    for (const std::unique_ptr<Command>& command : commands_) {
      declared_.push_back(command->Declare(app_));
      declared_.back()->group("Commands");
    }
    // After the commands, which would take it over.
    app_.footer(kFooter);
  }

  // Usage error: the arguments make no sense. Absent text: they do; otherwise help was
  // asked for, and this is it.
  absl::StatusOr<absl::optional<std::string>> Parse(std::vector<std::string> args) {
    for (const std::string& arg : args) {
      if (IsUtf8(arg)) continue;
      return UsageError(
          absl::StrCat("the argument \"", arg, "\" has bytes that are not UTF-8"));
    }
    std::reverse(args.begin(), args.end());  // as the parser wants them
    try {
      app_.parse(args);
      return absl::optional<std::string>();
    } catch (const CLI::CallForHelp&) {
      return absl::make_optional(app_.help());
    } catch (const CLI::RequiredError& error) {
      return UsageError(Advise(HasCommand() ? error.what() : MissingCommand()));
    } catch (const CLI::ExtrasError&) {
      return UsageError(Advise(UnexpectedArguments()));
    } catch (const CLI::ParseError& error) {
      return UsageError(Advise(error.what()));
    }
  }

  // What was parsed. REQUIRES: Parse gave neither an error nor help.
  const GlobalOptions& options() const { return options_; }
  Command& command() const { return *commands_[Parsed()]; }
  // Whether a command was recognised.
  bool HasCommand() const { return Parsed() < declared_.size(); }
  // "labgraph list", or "labgraph" where no command was recognised.
  std::string CommandName() const {
    return HasCommand() ? absl::StrCat("labgraph ", Declared().get_name()) : "labgraph";
  }

 private:
  // The index of the command that was parsed; one past the last where none was.
  size_t Parsed() const {
    return std::find_if(declared_.begin(), declared_.end(),
                        [](const CLI::App* command) { return command->parsed(); }) -
           declared_.begin();
  }
  const CLI::App& Declared() const { return *declared_[Parsed()]; }

  std::string MissingCommand() const {
    const std::vector<std::string> unknown = app_.remaining();
    if (unknown.empty()) return "a command is missing";
    const bool is_option = absl::StartsWith(unknown.front(), "-");
    return absl::StrCat("there is no ", is_option ? "option" : "command", " \"",
                        unknown.front(), "\"");
  }
  std::string UnexpectedArguments() const {
    return absl::StrCat("not expected: ",
                        absl::StrJoin(app_.remaining(/*recurse=*/true), " "));
  }
  std::string Advise(absl::string_view mistake) const {
    return absl::StrCat(mistake, " (", CommandName(), " --help says more)");
  }

  CLI::App app_{kDescription, "labgraph"};
  GlobalOptions options_;
  std::vector<std::unique_ptr<Command>> commands_;
  std::vector<CLI::App*> declared_;  // one for each of commands_
};

// Whether the options make sense for the command.
absl::Status Check(const CommandLine& line) {
  const std::vector<Format> formats = line.command().Formats();
  const absl::optional<Format> format = line.options().format;
  if (format.has_value() &&
      std::find(formats.begin(), formats.end(), *format) == formats.end()) {
    const std::string possible = formats.empty() ? "text only" : FormatList(formats);
    return UsageError(absl::StrCat(line.CommandName(), " cannot give ",
                                   FormatName(*format), " here; it gives ", possible));
  }
  if (line.options().HasReadOptions() && !line.command().Reads()) {
    return UsageError(
        absl::StrCat("--at and --revision have no meaning for ", line.CommandName()));
  }
  if (!line.options().read.valid_at().empty() && !line.command().ReadsDay()) {
    return UsageError(absl::StrCat(
        "--at changes nothing of what ", line.CommandName(),
        " gives here; labgraph list --at DAY --filter 'existed = true' gives what "
        "existed on a day"));
  }
  if (line.options().server.empty() && line.command().AsksServer()) {
    return UsageError("--server is empty: give a HOST:PORT, or leave it out");
  }
  return absl::OkStatus();
}

Format FormatFor(const CommandLine& line) {
  if (line.options().format.has_value()) return *line.options().format;
  const std::vector<Format> formats = line.command().Formats();
  return formats.empty() ? Format::kTable : formats.front();
}

absl::Status RunCommand(const CommandLine& line, const Console& console,
                        const ConnectionFactory& connect) {
  const GlobalOptions& options = line.options();
  Output output(FormatFor(line), ChooseLook(options, console), console.out, console.err,
                console.err_is_terminal);
  Call call{nullptr, options.read, output};
  if (line.command().AsksServer()) {
    call.connection =
        connect(options.server, options.timeout.value_or(line.command().Timeout()));
  }
  return line.command().Run(call);
}

int Report(const absl::Status& status, const CommandLine& line, const Console& console) {
  const bool changes = line.HasCommand() && line.command().Changes();
  ReportError(status, line.options().server, changes, console.err);
  return ExitCodeOf(status);
}

}  // namespace

int Run(const std::vector<std::string>& args, const Console& console,
        const ConnectionFactory& connect) {
  CommandLine line(console.in);
  const absl::StatusOr<absl::optional<std::string>> help = line.Parse(args);
  if (!help.ok()) return Report(help.status(), line, console);
  absl::Status status;
  if (help->has_value()) {
    console.out << **help;
  } else {
    status = Check(line);
    if (status.ok()) status = RunCommand(line, console, connect);
  }
  console.out.flush();
  if (!status.ok()) return Report(status, line, console);
  if (console.out.good()) return kExitOk;
  console.err << "labgraph: the output cannot be written\n";
  return kExitFailed;
}

}  // namespace labgraph::cli
