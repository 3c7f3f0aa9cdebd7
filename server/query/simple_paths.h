#ifndef LABGRAPH_SERVER_QUERY_SIMPLE_PATHS_H_
#define LABGRAPH_SERVER_QUERY_SIMPLE_PATHS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "server/query/path_tools.h"
#include "server/query/path_writer.h"

namespace labgraph::query {

// Gives the plan's paths that pass no entity twice, one length after another, to
// `writer`, until it is done; of SHORTEST and ALL_SHORTEST only those of the first length
// that has any. Memory grows with the entities and edges between the ends, not with the
// paths. Gives the number of different entities met. Errors: STORAGE_FAILED,
// STORAGE_CORRUPT.
absl::StatusOr<uint64_t> FindSimplePaths(const PathTools& tools, PathWriter& writer);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_SIMPLE_PATHS_H_
