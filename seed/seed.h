#ifndef LABGRAPH_SEED_SEED_H_
#define LABGRAPH_SEED_SEED_H_

#include <memory>

#include "labgraph/connection.h"
#include "labgraph/retry_policy.h"
#include "seed/console.h"
#include "seed/exit_code.h"
#include "seed/options.h"
#include "seed/stop_flag.h"

namespace labgraph::seed {

// The whole program behind the command line: reads all inputs, loads or compares them,
// and evaluates their checks. All it has to say is printed.
ExitCode Seed(const Options& options, std::shared_ptr<client::Connection> connection,
              Console* console, client::Clock* clock, const StopFlag& stop);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_SEED_H_
