#include "seed/load_context.h"

#include "labgraph/error.h"

namespace labgraph::seed {

ExitCode FailWith(const absl::Status& status, Console* console) {
  console->Error(client::Describe(status));
  return kFailed;
}

}  // namespace labgraph::seed
