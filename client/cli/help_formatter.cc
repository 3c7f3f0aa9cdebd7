#include "client/cli/help_formatter.h"

#include "absl/strings/str_cat.h"

namespace labgraph::cli {

HelpFormatter::HelpFormatter() {
  column_width(32);
  label("Positionals", "Arguments");
  label("SUBCOMMAND", "COMMAND");
}

std::string HelpFormatter::make_option_name(const CLI::Option* option,
                                            bool is_positional) const {
  return is_positional ? option->get_type_name()
                       : CLI::Formatter::make_option_name(option, is_positional);
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  const bool has_value = option->get_items_expected_max() > 0;
  if (option->get_positional() || !has_value) return "";
  return absl::StrCat(" ", option->get_type_name());
}

std::string HelpFormatter::make_option_usage(const CLI::Option* option) const {
  return option->get_required() ? option->get_type_name()
                                : absl::StrCat("[", option->get_type_name(), "]");
}

}  // namespace labgraph::cli
