#ifndef LABGRAPH_SERVER_QUERY_FILTER_FINDER_H_
#define LABGRAPH_SERVER_QUERY_FILTER_FINDER_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/graph/entity_finder.h"

namespace labgraph::query {

// Judges preconditions on entities by the filters of ListEntities. Thread-safe.
class FilterFinder final : public graph::EntityFinder {
 public:
  absl::StatusOr<std::string> FindOne(graph::View& view,
                                      const v1::EntityMatch& match) const override;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_FILTER_FINDER_H_
