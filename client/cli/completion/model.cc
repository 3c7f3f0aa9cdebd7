#include "client/cli/completion/model.h"

#include <set>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace labgraph::cli {
namespace {

using Option = CompletionModel::Option;
using Command = CompletionModel::Command;

constexpr char kSeparator = '|';
// Types of arguments that stand for more than words of their own.
constexpr char kFileType[] = "FILE";
constexpr char kCommandType[] = "COMMAND";

// Options with a choice of words have them as the name of their type; a type in capital
// letters, such as N|N..M, says what a value looks like.
std::vector<std::string> WordsOf(const std::string& type_name) {
  const bool is_choice =
      absl::StrContains(type_name, kSeparator) &&
      type_name.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
  if (!is_choice) return {};
  return absl::StrSplit(type_name, kSeparator);
}

Option OptionOf(const CLI::Option& declared) {
  Option option;
  for (const std::string& name : declared.get_snames()) {
    option.names.push_back("-" + name);
  }
  for (const std::string& name : declared.get_lnames()) {
    option.names.push_back("--" + name);
  }
  option.description = declared.get_description();
  // An option that may stand without a value is completed as one without.
  option.takes_value = declared.get_items_expected_min() > 0;
  option.words = WordsOf(declared.get_type_name());
  return option;
}

Command CommandOf(const CLI::App& declared) {
  Command command;
  command.name = declared.get_name();
  command.description = declared.get_description();
  for (const CLI::Option* option : declared.get_options(nullptr)) {
    command.options.push_back(OptionOf(*option));
    if (option->get_type_name() == kFileType) command.takes_file = true;
  }
  return command;
}

// Completes what takes the name of a command.
void AddCommandNames(const CLI::App& program, CompletionModel& model) {
  const std::vector<const CLI::App*> commands = program.get_subcommands(nullptr);
  for (size_t i = 0; i < commands.size(); ++i) {
    const std::vector<const CLI::Option*> options = commands[i]->get_options(nullptr);
    for (size_t j = 0; j < options.size(); ++j) {
      if (options[j]->get_type_name() != kCommandType) continue;
      model.commands[i].options[j].words = model.CommandNames();
    }
  }
}

}  // namespace

std::vector<std::string> CompletionModel::Command::ArgumentWords() const {
  for (const Option& option : options) {
    if (option.names.empty() && !option.words.empty()) return option.words;
  }
  return {};
}

std::vector<std::string> CompletionModel::CommandNames() const {
  std::vector<std::string> names;
  for (const Command& command : commands) names.push_back(command.name);
  return names;
}

std::map<std::vector<std::string>, std::vector<std::string>>
CompletionModel::NamesByWords() const {
  std::map<std::vector<std::string>, std::set<std::string>> by_words;
  const auto add = [&by_words](const std::vector<Option>& options) {
    for (const Option& option : options) {
      if (!option.takes_value) continue;
      by_words[option.words].insert(option.names.begin(), option.names.end());
    }
  };
  add(global_options);
  for (const Command& command : commands) add(command.options);
  std::map<std::vector<std::string>, std::vector<std::string>> names;
  for (const auto& [words, of_words] : by_words) {
    if (!of_words.empty()) names[words] = {of_words.begin(), of_words.end()};
  }
  return names;
}

CompletionModel ModelOf(const CLI::App& program) {
  CompletionModel model;
  for (const CLI::Option* option : program.get_options(nullptr)) {
    model.global_options.push_back(OptionOf(*option));
  }
  for (const CLI::App* command : program.get_subcommands(nullptr)) {
    model.commands.push_back(CommandOf(*command));
  }
  AddCommandNames(program, model);
  return model;
}

std::vector<std::string> NamesOf(const std::vector<Option>& options) {
  std::vector<std::string> names;
  for (const Option& option : options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

}  // namespace labgraph::cli
