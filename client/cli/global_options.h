#ifndef LABGRAPH_CLIENT_CLI_GLOBAL_OPTIONS_H_
#define LABGRAPH_CLIENT_CLI_GLOBAL_OPTIONS_H_

#include <string>

#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "client/cli/console.h"
#include "client/cli/format.h"
#include "client/cli/output/look.h"
#include "labgraph/v1/read_options.pb.h"

namespace CLI {
class App;
}  // namespace CLI

namespace labgraph::cli {

enum class ColorMode { kAuto, kAlways, kNever };

// The options that stand before or after any command.
struct GlobalOptions {
  std::string server = "127.0.0.1:50051";
  absl::optional<Format> format;  // absent: the command's own first choice
  ColorMode color = ColorMode::kAuto;
  v1::ReadOptions read;
  absl::optional<absl::Duration> timeout;  // absent: the command's own

  // Whether --at, --certainty or --revision was given.
  bool HasReadOptions() const;
};

// Declares them. `options` must outlive `program`.
void DeclareGlobalOptions(CLI::App& program, GlobalOptions& options);

// Cuts and colours only on a terminal, and as the options and NO_COLOR say.
Look ChooseLook(const GlobalOptions& options, const Console& console);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_GLOBAL_OPTIONS_H_
