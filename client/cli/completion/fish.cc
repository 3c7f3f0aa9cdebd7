#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "client/cli/completion/scripts.h"

namespace labgraph::cli {
namespace {

std::string Quoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}),
                      "'");
}

// An option, or an argument with its words. Empty condition: always.
void WriteOption(const CompletionModel::Option& option, absl::string_view condition,
                 std::ostream& out) {
  if (option.names.empty() && option.words.empty()) return;
  out << "complete -c labgraph";
  if (!condition.empty()) out << " -n " << Quoted(condition);
  for (const std::string& name : option.names) {
    const bool is_long = name.size() > 2;
    out << (is_long ? " -l " : " -s ") << name.substr(is_long ? 2 : 1);
  }
  if (option.takes_value && !option.names.empty()) out << " -x";
  if (!option.words.empty()) out << " -a " << Quoted(absl::StrJoin(option.words, " "));
  out << " -d " << Quoted(option.description) << "\n";
}

void WriteCommand(const CompletionModel::Command& command, absl::string_view if_none,
                  std::ostream& out) {
  out << "complete -c labgraph -n " << Quoted(if_none) << " -a " << command.name << " -d "
      << Quoted(command.description) << "\n";
  const std::string if_this = absl::StrCat("__fish_seen_subcommand_from ", command.name);
  for (const CompletionModel::Option& option : command.options) {
    WriteOption(option, if_this, out);
  }
  if (command.takes_file) {
    out << "complete -c labgraph -n " << Quoted(if_this) << " -F\n";
  }
}

}  // namespace

void WriteFishCompletion(const CompletionModel& model, std::ostream& out) {
  out << "# labgraph completion for fish: labgraph completion fish | source\n"
         "complete -c labgraph -f\n";
  for (const CompletionModel::Option& option : model.global_options) {
    WriteOption(option, "", out);
  }
  const std::string if_none = absl::StrCat("not __fish_seen_subcommand_from ",
                                           absl::StrJoin(model.CommandNames(), " "));
  for (const CompletionModel::Command& command : model.commands) {
    WriteCommand(command, if_none, out);
  }
}

}  // namespace labgraph::cli
