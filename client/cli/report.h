#ifndef LABGRAPH_CLIENT_CLI_REPORT_H_
#define LABGRAPH_CLIENT_CLI_REPORT_H_

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace labgraph::cli {

// Says in one line what went wrong; where that is that there is no server, a second line
// says how to start one. `changes`: what was asked for is a change, which can have been
// made although no answer came.
void ReportError(const absl::Status& status, absl::string_view server, bool changes,
                 std::ostream& err);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_REPORT_H_
