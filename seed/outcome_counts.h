#ifndef LABGRAPH_SEED_OUTCOME_COUNTS_H_
#define LABGRAPH_SEED_OUTCOME_COUNTS_H_

#include <cstdint>
#include <string>

#include "labgraph/v1/editor_service.pb.h"

namespace labgraph::seed {

// How many records of a load were new, different, as they were, or taken away.
struct OutcomeCounts {
  uint64_t created = 0;
  uint64_t updated = 0;
  uint64_t unchanged = 0;
  uint64_t retracted = 0;

  void Add(v1::Outcome outcome);
  bool nothing_changed() const { return created + updated + retracted == 0; }
};

// "75 created, 0 updated, 3 unchanged", and retracted ones where there are any.
std::string ToString(const OutcomeCounts& counts);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_OUTCOME_COUNTS_H_
