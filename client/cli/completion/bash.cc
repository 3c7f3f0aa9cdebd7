#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "client/cli/completion/scripts.h"

namespace labgraph::cli {
namespace {

std::string QuotedWords(const std::vector<std::string>& words) {
  return ShellQuoted(absl::StrJoin(words, " "));
}

// After an option that takes a value: its words, or nothing.
void WriteValues(const CompletionModel& model, std::ostream& out) {
  out << "  case $prev in\n";
  for (const auto& [words, names] : model.NamesByWords()) {
    out << "    " << absl::StrJoin(names, "|") << ") COMPREPLY=($(compgen -W "
        << QuotedWords(words) << " -- \"$cur\")); return ;;\n";
  }
  out << "  esac\n";
}

// A command, or the argument of one.
void WriteArguments(const CompletionModel& model, std::ostream& out) {
  out << "  case $command in\n    '') words=" << QuotedWords(model.CommandNames())
      << " ;;\n";
  for (const CompletionModel::Command& command : model.commands) {
    const std::vector<std::string> words = command.ArgumentWords();
    if (!words.empty()) {
      out << "    " << command.name << ") words=" << QuotedWords(words) << " ;;\n";
    } else if (command.takes_file) {
      out << "    " << command.name << ") compopt -o default 2> /dev/null ;;\n";
    }
  }
  out << "  esac\n";
}

void WriteOptions(const CompletionModel& model, std::ostream& out) {
  out << "  if [[ $cur == -* ]]; then\n"
         "    case $command in\n";
  for (const CompletionModel::Command& command : model.commands) {
    out << "      " << command.name << ") words=" << QuotedWords(NamesOf(command.options))
        << " ;;\n";
  }
  out << "    esac\n"
         "    words+="
      << ShellQuoted(absl::StrCat(" ", absl::StrJoin(NamesOf(model.global_options), " ")))
      << "\n"
         "  fi\n";
}

}  // namespace

std::string ShellQuoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

void WriteBashCompletion(const CompletionModel& model, std::ostream& out) {
  out << "# labgraph completion for bash: source <(labgraph completion bash)\n"
         "_labgraph() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local command= words= i\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    case ${COMP_WORDS[i]} in\n"
         "      "
      << absl::StrJoin(model.CommandNames(), "|")
      << ") command=${COMP_WORDS[i]}; break ;;\n"
         "    esac\n"
         "  done\n";
  WriteValues(model, out);
  WriteArguments(model, out);
  WriteOptions(model, out);
  out << "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "}\n"
         "complete -F _labgraph labgraph\n";
}

}  // namespace labgraph::cli
