#ifndef LABGRAPH_SEED_CHECKS_REFUSAL_H_
#define LABGRAPH_SEED_CHECKS_REFUSAL_H_

#include "absl/status/status.h"

namespace labgraph::seed {

// Whether the server answered, with what is wrong with the request; all other errors are
// of the connection or of a server that cannot serve.
bool IsRefusal(const absl::Status& status);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CHECKS_REFUSAL_H_
