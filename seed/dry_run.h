#ifndef LABGRAPH_SEED_DRY_RUN_H_
#define LABGRAPH_SEED_DRY_RUN_H_

#include <vector>

#include "seed/exit_code.h"
#include "seed/inputs.h"
#include "seed/load_context.h"

namespace labgraph::seed {

// Prints what loading the inputs would change, and changes nothing: "+" for what would be
// new, "~" for what would be different, and how much would stay as it is. What is
// wrong is reported as when loading.
//
// All records are compared in one request, so that files may build on one another. Where
// they are too many for one, each file is compared by itself, in as many requests as it
// takes, and what a part takes from others that are not loaded shows as a problem.
// Against a schema that is not yet in the store records cannot be compared; then only
// their numbers are told.
ExitCode DryRun(const std::vector<Input>& inputs, const LoadContext& context);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_DRY_RUN_H_
