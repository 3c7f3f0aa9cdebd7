#ifndef LABGRAPH_SERVER_GRAPH_ENTITY_NUMBERS_H_
#define LABGRAPH_SERVER_GRAPH_ENTITY_NUMBERS_H_

#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

// An entity by the numbers behind its id.
struct EntityRef {
  keys::EntityNumber number = 0;
  schema::KindNumber kind = 0;
};

// Entities that were looked up lately, by id, so that a load does not ask the store for
// the same ids again and again. Holds only entities that are on disk: their numbers stay
// until they are deleted. Used by the committer's thread.
class EntityNumbers {
 public:
  // Entities from this number on are not on disk yet.
  void SetNext(keys::EntityNumber next) { next_ = next; }

  // Nullopt where it is not known; that says nothing about whether there is one.
  absl::optional<EntityRef> Find(absl::string_view id);
  // Remembers what a lookup found, unless the entity is not on disk or its id is long.
  void Add(absl::string_view id, const EntityRef& entity);
  // To be called before an entity is deleted.
  void Remove(absl::string_view id);
  // To be called when names of kinds change.
  void Clear();

 private:
  // An id in place: a lookup in a large table waits for memory once, not twice.
  struct Id {
    static constexpr size_t kMaxBytes = 47;
    explicit Id(absl::string_view id);
    absl::string_view view() const { return {bytes, size}; }
    char bytes[kMaxBytes];
    uint8_t size;
  };
  struct HashId {
    using is_transparent = void;
    size_t operator()(absl::string_view id) const {
      return absl::Hash<absl::string_view>()(id);
    }
    size_t operator()(const Id& id) const { return (*this)(id.view()); }
  };
  struct SameId {
    using is_transparent = void;
    static absl::string_view View(absl::string_view id) { return id; }
    static absl::string_view View(const Id& id) { return id.view(); }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return View(a) == View(b);
    }
  };
  using Entities = absl::flat_hash_map<Id, EntityRef, HashId, SameId>;

  keys::EntityNumber next_ = 0;
  // What was not asked for while the newer filled up is forgotten.
  Entities newer_;
  Entities older_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ENTITY_NUMBERS_H_
