#ifndef LABGRAPH_SERVER_QUERY_DEGREE_SAMPLE_H_
#define LABGRAPH_SERVER_QUERY_DEGREE_SAMPLE_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/join_tools.h"
#include "server/query/pattern_plan.h"
#include "server/query/start_source.h"

namespace labgraph::query {

// Entities looked at to learn how many neighbours others have.
inline constexpr size_t kSampleEntities = 16;

// What a few entities tell about an edge of a pattern.
struct DegreeSample {
  double mean = 0;                         // entities that the edge leads to from one
  std::vector<graph::Neighbor> neighbors;  // some of them, at most kSampleEntities
};

// Looks at the edges of `nodes`, which count as if they passed the read filter. What is
// read is not counted in the budget: it is little, and no part of the answer. Looks at
// fewer when the budget has no time. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<DegreeSample> SampleDegrees(const std::vector<graph::Neighbor>& nodes,
                                           const EdgeSelection& selection, HopRange hops,
                                           const JoinTools& tools);

// At most kSampleEntities that a source holds, or holds the numbers of. Errors:
// STORAGE_FAILED, STORAGE_CORRUPT.
absl::StatusOr<std::vector<graph::Neighbor>> SampleSource(const StartSource& source,
                                                          const JoinTools& tools);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_DEGREE_SAMPLE_H_
