#ifndef LABGRAPH_SERVER_QUERY_PATH_LINKS_H_
#define LABGRAPH_SERVER_QUERY_PATH_LINKS_H_

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/query/path_levels.h"
#include "server/query/path_needs.h"
#include "server/query/path_tools.h"

namespace labgraph::query {

// One statement of a path, from the entity before.
struct PathLink {
  keys::EntityNumber to;
  keys::StatementNumber statement;
  v1::Certainty certainty;
  NeedBits meets = 0;  // only where predicates are required
};

// The order of links from one entity: by (to, statement).
bool LinkOrder(const PathLink& a, const PathLink& b);

// How many links at the front lead to the same entity. REQUIRES: they are in order.
size_t SameTarget(absl::Span<const PathLink> links);

// The statements that shortest paths are made of: an acyclic graph in which every way
// from a beginning to its end is one.
struct PathLinks {
  std::vector<keys::EntityNumber> beginnings;  // ascending, each once
  // By the entity before; each list in order.
  absl::flat_hash_map<keys::EntityNumber, std::vector<PathLink>> next;
};

// Collects the links of the shortest paths, which pass the entities where the sides of
// `levels` have just met, by looking again at the statements of the entities on them.
// When the budget stops it, the result is incomplete. Errors: STORAGE_FAILED,
// STORAGE_CORRUPT.
absl::StatusOr<PathLinks> CollectLinks(const PathLevels& levels, const PathTools& tools);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_LINKS_H_
