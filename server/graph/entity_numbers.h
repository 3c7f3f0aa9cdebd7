#ifndef LABGRAPH_SERVER_GRAPH_ENTITY_NUMBERS_H_
#define LABGRAPH_SERVER_GRAPH_ENTITY_NUMBERS_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/keys/keys.h"

namespace labgraph::graph {

// Numbers of entities that were looked up lately, by id, so that a load does not ask the
// store for the same ids again and again. Holds only entities that are on disk:
// their numbers stay until they are deleted. Used by the committer's leader.
class EntityNumbers {
 public:
  // Entities from this number on are not on disk yet.
  void SetNext(keys::EntityNumber next) { next_ = next; }

  // Nullopt where it is not known; that says nothing about whether there is one.
  absl::optional<keys::EntityNumber> Find(absl::string_view id);
  // Remembers what a lookup found. Does nothing for an entity that is not on disk.
  void Add(absl::string_view id, keys::EntityNumber number);
  // To be called before an entity is deleted.
  void Remove(absl::string_view id);
  // To be called when names of kinds change.
  void Clear();

 private:
  using Numbers = absl::flat_hash_map<std::string, keys::EntityNumber>;

  keys::EntityNumber next_ = 0;
  // What was not asked for while the newer filled up is forgotten.
  Numbers newer_;
  Numbers older_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ENTITY_NUMBERS_H_
