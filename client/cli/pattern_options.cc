#include "client/cli/pattern_options.h"

#include "client/cli/options.h"
#include "client/cli/pattern_text.h"

namespace labgraph::cli {

CLI::Option* PatternOptions::Declare(CLI::App& app) {
  CLI::Option* chains =
      app.add_option("pattern", chains_,
                     "Entities and arrows, for example 'lab:lab -targets-> crime'; "
                     "several: all must fit")
          ->type_name("PATTERN...");
  app.add_option("--where", conditions_,
                 "Only where the filter holds for the entity of this name; may be "
                 "repeated")
      ->allow_extra_args(false)
      ->type_name("'NAME: FILTER'")
      ->needs(chains);
  app.add_flag("--different", all_different_,
               "No entity stands in two places of the pattern")
      ->needs(chains);
  return chains;
}

absl::StatusOr<client::Pattern> PatternOptions::Read() const {
  absl::StatusOr<client::Pattern> pattern = ReadPattern(chains_, conditions_);
  if (pattern.ok() && all_different_) pattern->AllDifferent();
  return pattern;
}

}  // namespace labgraph::cli
