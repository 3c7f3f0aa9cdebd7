#ifndef LABGRAPH_SEED_CHECK_RUNNER_H_
#define LABGRAPH_SEED_CHECK_RUNNER_H_

#include <memory>
#include <vector>

#include "labgraph/connection.h"
#include "seed/console.h"
#include "seed/exit_code.h"
#include "seed/inputs.h"
#include "seed/stop_flag.h"

namespace labgraph::seed {

// Evaluates the checks of all fixtures in order. Prints one line for each that fails,
// with the position it is written at, and how many there were.
ExitCode RunChecks(const std::vector<Input>& inputs,
                   const std::shared_ptr<client::Connection>& connection,
                   Console* console, const StopFlag& stop);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CHECK_RUNNER_H_
