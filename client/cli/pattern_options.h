#ifndef LABGRAPH_CLIENT_CLI_PATTERN_OPTIONS_H_
#define LABGRAPH_CLIENT_CLI_PATTERN_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "labgraph/pattern.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace labgraph::cli {

// The arguments and options that describe a pattern.
class PatternOptions {
 public:
  // Declares them and gives the argument. This must outlive `app`.
  CLI::Option* Declare(CLI::App& app);

  // Whether no pattern was given.
  bool empty() const { return chains_.empty(); }
  // The pattern. Usage errors as of ReadPattern. REQUIRES: not empty().
  absl::StatusOr<client::Pattern> Read() const;

 private:
  std::vector<std::string> chains_;
  std::vector<std::string> conditions_;
  bool all_different_ = false;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_PATTERN_OPTIONS_H_
