#ifndef LABGRAPH_CLIENT_CLI_COMPLETION_MODEL_H_
#define LABGRAPH_CLIENT_CLI_COMPLETION_MODEL_H_

#include <map>
#include <string>
#include <vector>

namespace CLI {
class App;
}  // namespace CLI

namespace labgraph::cli {

// What shell completion knows of the program, taken from the declared command line, so
// that it cannot say anything else than it.
struct CompletionModel {
  struct Option {
    std::vector<std::string> names;  // "-o", "--output"; empty: an argument
    std::string description;
    bool takes_value = false;
    std::vector<std::string> words;  // that its value may be; empty: anything
  };
  struct Command {
    std::string name;
    std::string description;
    std::vector<Option> options;
    bool takes_file = false;  // as its argument

    // Words that its argument, as opposed to an option, may be; empty: anything.
    std::vector<std::string> ArgumentWords() const;
  };

  std::vector<Option> global_options;
  std::vector<Command> commands;

  std::vector<std::string> CommandNames() const;
  // The names of all options that take a value, of any command, by the words that their
  // value may be: no two commands give one name two meanings.
  std::map<std::vector<std::string>, std::vector<std::string>> NamesByWords() const;
};

CompletionModel ModelOf(const CLI::App& program);

// "-o", "--output" and so on of all of them.
std::vector<std::string> NamesOf(const std::vector<CompletionModel::Option>& options);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_COMPLETION_MODEL_H_
