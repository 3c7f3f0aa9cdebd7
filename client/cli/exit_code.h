#ifndef LABGRAPH_CLIENT_CLI_EXIT_CODE_H_
#define LABGRAPH_CLIENT_CLI_EXIT_CODE_H_

#include "absl/status/status.h"

namespace labgraph::cli {

// What the program leaves for the shell; docs/cli.md and --help say the same.
enum ExitCode {
  kExitOk = 0,
  // What was asked for does not exist, or the server refused the request.
  kExitRefused = 1,
  // The command line or an input file makes no sense; no server was asked.
  kExitUsage = 2,
  // The server cannot be reached, is busy or took too long.
  kExitUnreachable = 3,
  // The server failed, or the output could not be written.
  kExitFailed = 4,
  // Data of the store or of a backup is damaged.
  kExitDamaged = 5,
};

ExitCode ExitCodeOf(const absl::Status& status);

// Whether no server answered at all, as opposed to one that says it cannot serve.
bool IsUnreachable(const absl::Status& status);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_EXIT_CODE_H_
