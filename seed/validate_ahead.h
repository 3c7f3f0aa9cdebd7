#ifndef LABGRAPH_SEED_VALIDATE_AHEAD_H_
#define LABGRAPH_SEED_VALIDATE_AHEAD_H_

#include <cstddef>
#include <vector>

#include "seed/exit_code.h"
#include "seed/inputs.h"
#include "seed/load_context.h"

namespace labgraph::seed {

// Lets the server check inputs from number `begin` on before the first of them is
// written, and reports everything wrong with them. It goes only as far as the answer is
// that of loading them in turn, and not behind
//   - a schema that the store does not have yet, or that follows records,
//   - more records than go into one request,
//   - a record that an earlier one of these inputs puts too,
//   - what is no put, which may undo what stands before it.
// `*end` is the number of the first input that it did not come to. All has been printed.
ExitCode ValidateAhead(const std::vector<Input>& inputs, size_t begin,
                       const LoadContext& context, size_t* end);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_VALIDATE_AHEAD_H_
