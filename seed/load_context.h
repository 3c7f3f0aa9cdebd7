#ifndef LABGRAPH_SEED_LOAD_CONTEXT_H_
#define LABGRAPH_SEED_LOAD_CONTEXT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "labgraph/connection.h"
#include "seed/console.h"
#include "seed/exit_code.h"
#include "seed/mutation_part.h"
#include "seed/stop_flag.h"

namespace labgraph::seed {

// What every way of loading needs.
struct LoadContext {
  std::shared_ptr<client::Connection> connection;
  // Of one request.
  WriteLimits limits;
  // Kept with the revisions; empty for one made from the file's name.
  std::string message;
  // Threads that parse a large file.
  int threads = 1;
  // Set once anything in the store has changed.
  bool* written = nullptr;
  Console* console;
  const StopFlag* stop;
};

// Prints an error of a request that was not about its content.
ExitCode FailWith(const absl::Status& status, Console* console);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_LOAD_CONTEXT_H_
