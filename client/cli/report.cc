#include "client/cli/report.h"

#include "client/cli/exit_code.h"
#include "client/cli/output/display_width.h"
#include "client/cli/usage_error.h"
#include "labgraph/error.h"

namespace labgraph::cli {

void ReportError(const absl::Status& status, absl::string_view server, bool changes,
                 std::ostream& err) {
  const std::string line =
      IsUsageError(status) ? std::string(status.message()) : client::Describe(status);
  err << "labgraph: " << Printable(line) << '\n';
  if (IsUnreachable(status)) {
    err << "labgraph: no server answers at " << Printable(server)
        << ": is labgraphd running? make run starts one, --server names another\n";
  }
  if (changes && (IsUnreachable(status) || absl::IsDeadlineExceeded(status))) {
    err << "labgraph: the change may have been made all the same, if the connection was "
           "lost on the way: look before you repeat it\n";
  }
}

}  // namespace labgraph::cli
