#ifndef LABGRAPH_CLIENT_CLI_STEP_OPTIONS_H_
#define LABGRAPH_CLIENT_CLI_STEP_OPTIONS_H_

#include <vector>

#include "labgraph/v1/graph_service.pb.h"

namespace CLI {
class App;
}  // namespace CLI

namespace labgraph::cli {

// Declares the options that describe a walk. They are read in the order in which they
// stand: --out, --in and --both begin a step, --kind, --hops and --where say more of
// the step before them, and are refused where there is none. `steps` must outlive `app`.
void DeclareSteps(CLI::App& app, std::vector<v1::TraverseStep>& steps);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_STEP_OPTIONS_H_
