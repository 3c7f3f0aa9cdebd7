#ifndef LABGRAPH_CLIENT_CLI_HELP_FORMATTER_H_
#define LABGRAPH_CLIENT_CLI_HELP_FORMATTER_H_

#include <string>

#include "CLI/CLI.hpp"

namespace labgraph::cli {

// Help texts that show arguments as ID or [KIND...] and nothing of how they are parsed.
class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter();

  std::string make_option_name(const CLI::Option* option,
                               bool is_positional) const override;
  std::string make_option_opts(const CLI::Option* option) const override;
  std::string make_option_usage(const CLI::Option* option) const override;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_HELP_FORMATTER_H_
