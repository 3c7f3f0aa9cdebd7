#ifndef LABGRAPH_CLIENT_CLI_USAGE_ERROR_H_
#define LABGRAPH_CLIENT_CLI_USAGE_ERROR_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace labgraph::cli {

// A command line, or an input file, that makes no sense: nothing was asked of a server.
absl::Status UsageError(absl::string_view message);

// Whether `status` was made by UsageError.
bool IsUsageError(const absl::Status& status);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_USAGE_ERROR_H_
