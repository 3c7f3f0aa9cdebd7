#include "seed/load_context.h"

#include "client/cli/exit_code.h"
#include "labgraph/error.h"

namespace labgraph::seed {

ExitCode FailWith(const absl::Status& status, Console* console) {
  console->Error(client::Describe(status));
  if (cli::IsUnreachable(status)) {
    console->Error(
        "no server answers: is labgraphd running? make run starts one, --server names "
        "another");
  }
  return kFailed;
}

}  // namespace labgraph::seed
