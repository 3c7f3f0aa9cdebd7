#include "client/cli/report.h"

#include "absl/strings/str_cat.h"
#include "client/cli/exit_code.h"
#include "client/cli/output/display_width.h"
#include "client/cli/usage_error.h"
#include "labgraph/error.h"

namespace labgraph::cli {
namespace {

// "NOT_FOUND ENTITY_NOT_FOUND id: There is no entity ...".
std::string DescribeRefusal(const absl::Status& status) {
  const client::ErrorDetails details = client::DetailsOf(status);
  std::string line = absl::StatusCodeToString(status.code());
  if (!details.reason_name.empty()) absl::StrAppend(&line, " ", details.reason_name);
  if (!details.field.empty()) absl::StrAppend(&line, " ", details.field);
  return absl::StrCat(line, ": ", details.message);
}

}  // namespace

void ReportError(const absl::Status& status, absl::string_view server,
                 std::ostream& err) {
  const std::string line =
      IsUsageError(status) ? std::string(status.message()) : DescribeRefusal(status);
  err << "labgraph: " << Printable(line) << '\n';
  if (IsUnreachable(status)) {
    err << "labgraph: no server answers at " << Printable(server)
        << ": is labgraphd running? make run starts one, --server names another\n";
  }
}

}  // namespace labgraph::cli
