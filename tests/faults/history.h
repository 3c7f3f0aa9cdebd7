#ifndef LABGRAPH_TESTS_FAULTS_HISTORY_H_
#define LABGRAPH_TESTS_FAULTS_HISTORY_H_

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "absl/types/optional.h"

namespace labgraph::faults {

// What a record holds; nullopt where there is none.
using Value = absl::optional<std::string>;
// Records by name. Who writes or reads several sees or makes them all at once.
using Values = std::map<std::string, Value>;

// One call, as its caller saw it. Times are of one clock that never goes back.
struct Operation {
  enum class Type {
    kWrite,     // makes `values` so, as one revision of its own
    kRead,      // of the newest state: found `values` so
    kReadPast,  // of the state at `revision`, which the caller chose
  };
  Type type = Type::kRead;
  std::string name;  // for messages
  Values values;
  int64_t invoked = 0;
  // When the answer came. Of a write without an answer: from when on it cannot take
  // effect any more, because the server that had it is gone.
  int64_t ended = std::numeric_limits<int64_t>::max();
  // As answered. Absent: a write that may have happened, or not. Reads without an answer
  // say nothing and are left out of histories.
  absl::optional<uint64_t> revision;
};

// Everything that the callers of one graph did. In the beginning, at revision
// `first_revision`, there are no records.
struct History {
  uint64_t first_revision = 0;
  std::vector<Operation> operations;
};

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_HISTORY_H_
