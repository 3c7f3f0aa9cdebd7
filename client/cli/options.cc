#include "client/cli/options.h"

namespace labgraph::cli {

void RejectValue(const std::string& option, const std::string& why) {
  throw CLI::ValidationError(option, why);
}

CLI::Option* AddNames(CLI::App& app, const std::string& flags,
                      std::vector<std::string>& target, const std::string& help) {
  return app.add_option(flags, target, help)
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME,...");
}

CLI::Option* AddOrdered(CLI::App& app, const std::string& flag,
                        const std::function<void(const std::string&)>& read,
                        const std::string& help) {
  return app.add_option_function<std::string>(flag, read, help)->trigger_on_parse();
}

}  // namespace labgraph::cli
