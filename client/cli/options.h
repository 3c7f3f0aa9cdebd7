#ifndef LABGRAPH_CLIENT_CLI_OPTIONS_H_
#define LABGRAPH_CLIENT_CLI_OPTIONS_H_

#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

// Kinds of option that several commands have. Their targets must outlive `app`.

namespace labgraph::cli {

// Reports an option's bad value from within its callback, in the parser's own way.
[[noreturn]] void RejectValue(const std::string& option, const std::string& why);

// A list of names: given several times, separated by commas, or both.
CLI::Option* AddNames(CLI::App& app, const std::string& flags,
                      std::vector<std::string>& target, const std::string& help);

// An option that is read at once, in the order of the command line, as often as it is
// given.
CLI::Option* AddOrdered(CLI::App& app, const std::string& flag,
                        const std::function<void(const std::string&)>& read,
                        const std::string& help);

// One of a few words, in the order in which help and shell completion show them.
template <typename T>
using Choices = std::vector<std::pair<std::string, T>>;

template <typename T>
CLI::Option* AddChoice(CLI::App& app, const std::string& flags, const Choices<T>& choices,
                       const std::function<void(const T&)>& set,
                       const std::string& help) {
  const auto join = [choices](absl::string_view separator) {
    return absl::StrJoin(choices, separator, [](std::string* out, const auto& choice) {
      out->append(choice.first);
    });
  };
  const auto parse = [=](const std::string& word) {
    for (const auto& [name, value] : choices) {
      if (name == word) return set(value);
    }
    RejectValue(flags, absl::StrCat("\"", word, "\" is none of ", join(", ")));
  };
  return app.add_option_function<std::string>(flags, parse, help)->type_name(join("|"));
}

// A whole number of at least `least` that fits its target.
template <typename Integer>
CLI::Option* AddNumber(CLI::App& app, const std::string& flags, Integer least,
                       const std::function<void(Integer)>& set, const std::string& help) {
  const auto parse = [=](const std::string& text) {
    Integer number = 0;
    if (!absl::SimpleAtoi(text, &number) || number < least) {
      RejectValue(flags, absl::StrCat("\"", text, "\" is not a number from ", least,
                                      " to ", std::numeric_limits<Integer>::max()));
    }
    set(number);
  };
  return app.add_option_function<std::string>(flags, parse, help)->type_name("N");
}

// How many of something: at least 1.
template <typename Integer>
CLI::Option* AddCount(CLI::App& app, const std::string& flags, Integer& target,
                      const std::string& help) {
  return AddNumber<Integer>(
      app, flags, 1, [&target](Integer number) { target = number; }, help);
}

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OPTIONS_H_
