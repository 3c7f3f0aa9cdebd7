#ifndef LABGRAPH_SERVER_GRAPH_ENTITY_INDEX_H_
#define LABGRAPH_SERVER_GRAPH_ENTITY_INDEX_H_

#include <set>
#include <string>

#include "labgraph/v1/entity.pb.h"
#include "server/keys/keys.h"

namespace labgraph::graph {

// An index over entities' records that a floor above keeps: for one record, the keys of
// its rows in kText. The committer adds and removes rows as records change, in the
// commit's own batch. Thread-safe.
class EntityIndex {
 public:
  virtual ~EntityIndex() = default;

  // The same keys for the same record, always. Values hold a revision only.
  virtual std::set<std::string> Keys(keys::EntityNumber number,
                                     const v1::Entity& entity) const = 0;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ENTITY_INDEX_H_
