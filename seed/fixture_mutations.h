#ifndef LABGRAPH_SEED_FIXTURE_MUTATIONS_H_
#define LABGRAPH_SEED_FIXTURE_MUTATIONS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "seed/fixture.pb.h"
#include "seed/mutation_part.h"

namespace labgraph::seed {

// Entities, then statements, as puts.
Mutations ToMutations(const Fixture& fixture);

// The same in as many parts as the limits make necessary; none when there is nothing.
std::vector<Mutations> ToParts(const Fixture& fixture, WriteLimits limits);

// What makes two mutations be about one record.
std::string IdentityOf(const v1::Mutation& mutation);

// The number of the first mutation of a fixture that is about the same record as number
// `mutation`; absent where that is the first.
absl::optional<size_t> FindTwin(const Fixture& fixture, size_t mutation);

// The record a mutation writes, in a few words: "lab/exit", "lab/caterpillar merged_into
// lab/exit", "lab/exit has_size 6".
std::string Summarize(const v1::Mutation& mutation);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_FIXTURE_MUTATIONS_H_
