#ifndef LABGRAPH_CLIENT_CLI_HOPS_H_
#define LABGRAPH_CLIENT_CLI_HOPS_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph::cli {

// How many hops a step or an edge has.
struct Hops {
  uint32_t min = 0;
  uint32_t max = 0;
};

// "2" or "1..3". Absent where it is neither.
absl::optional<Hops> ReadHops(absl::string_view text);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_HOPS_H_
