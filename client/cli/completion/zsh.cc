#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "client/cli/completion/scripts.h"

namespace labgraph::cli {
namespace {

// An entry of _describe: a colon ends the name.
std::string Item(absl::string_view name, absl::string_view description) {
  return ShellQuoted(
      absl::StrCat(absl::StrReplaceAll(name, {{":", "\\:"}}), ":", description));
}

std::string Items(const std::vector<CompletionModel::Option>& options) {
  std::string items;
  for (const CompletionModel::Option& option : options) {
    for (const std::string& name : option.names) {
      absl::StrAppend(&items, " ", Item(name, option.description));
    }
  }
  return items;
}

// After an option that takes a value: its words, or nothing.
void WriteValues(const CompletionModel& model, std::ostream& out) {
  out << "  case ${words[CURRENT-1]} in\n";
  for (const auto& [words, names] : model.NamesByWords()) {
    out << "    (" << absl::StrJoin(names, "|") << ")";
    if (!words.empty()) out << " compadd -- " << absl::StrJoin(words, " ") << ";";
    out << " return ;;\n";
  }
  out << "  esac\n";
}

// A command, or the argument of one.
void WriteArguments(const CompletionModel& model, std::ostream& out) {
  out << "  if [[ $PREFIX != -* ]]; then\n"
         "    case $command in\n"
         "      ('') items=(";
  for (const CompletionModel::Command& command : model.commands) {
    out << " " << Item(command.name, command.description);
  }
  out << " ); _describe command items ;;\n";
  for (const CompletionModel::Command& command : model.commands) {
    const std::vector<std::string> words = command.ArgumentWords();
    if (!words.empty()) {
      out << "      (" << command.name << ") compadd -- " << absl::StrJoin(words, " ")
          << " ;;\n";
    } else if (command.takes_file) {
      out << "      (" << command.name << ") _files ;;\n";
    }
  }
  out << "    esac\n"
         "    return\n"
         "  fi\n";
}

void WriteOptions(const CompletionModel& model, std::ostream& out) {
  out << "  case $command in\n";
  for (const CompletionModel::Command& command : model.commands) {
    out << "    (" << command.name << ") items=(" << Items(command.options) << " ) ;;\n";
  }
  out << "  esac\n"
         "  items+=("
      << Items(model.global_options)
      << " )\n"
         "  _describe -o option items\n";
}

}  // namespace

void WriteZshCompletion(const CompletionModel& model, std::ostream& out) {
  out << "#compdef labgraph\n"
         "# labgraph completion for zsh: source <(labgraph completion zsh)\n"
         "_labgraph() {\n"
         "  local command= word\n"
         "  local -a items\n"
         "  for word in ${words[2,CURRENT-1]}; do\n"
         "    case $word in\n"
         "      ("
      << absl::StrJoin(model.CommandNames(), "|")
      << ") command=$word; break ;;\n"
         "    esac\n"
         "  done\n";
  WriteValues(model, out);
  WriteArguments(model, out);
  WriteOptions(model, out);
  // Found in $fpath the file is itself the function; sourced it has to announce it.
  out << "}\n"
         "if [[ $funcstack[1] == _labgraph ]]; then\n"
         "  _labgraph \"$@\"\n"
         "else\n"
         "  compdef _labgraph labgraph\n"
         "fi\n";
}

}  // namespace labgraph::cli
