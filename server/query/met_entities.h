#ifndef LABGRAPH_SERVER_QUERY_MET_ENTITIES_H_
#define LABGRAPH_SERVER_QUERY_MET_ENTITIES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/keys/keys.h"
#include "server/query/entity_set.h"
#include "server/query/reach.h"

namespace labgraph::query {

// What one step of a traversal has met, level by level, with the best way to each
// entity. An entity's level is the fewest hops from a start of the step other than
// itself. So a start can be met again, but only coming from another start; that needs, in
// a step of several starts and hops, the two best ways from different starts to every
// entity. Not thread-safe.
class MetEntities {
 public:
  enum class Starts {
    kDone,     // hits already, or only one: never met again
    kOneHop,   // met again, in a step of one hop
    kAnyHops,  // met again, in a step of several hops
  };

  // `starts` are ascending by entity, each once. `universe`: no number is this or above.
  MetEntities(const std::vector<Reach>& starts, Starts mode, keys::EntityNumber universe);

  // Offers a way on the present level. Where it is kept: a pointer to it, valid until the
  // next call, for the caller to give it its `way`; else null. REQUIRES: ways with better
  // first parts (see BetterWay) are offered first.
  Reach* Offer(const Reach& reach) {
    return mode_ == Starts::kAnyHops ? OfferPerSource(reach) : OfferOnce(reach);
  }

  // Ends the present level and gives what it met, in no order, with `hit` and `expands`
  // set.
  std::vector<Reach> TakeLevel();

  // Different entities met, the starts included.
  uint64_t size() const { return size_; }

 private:
  // A way to an entity: from which start, and where among the present level's.
  struct Label {
    keys::EntityNumber source;
    uint32_t level;
    size_t index;
  };
  struct Labels {
    Label label[2];
    uint8_t count = 0;
    bool start = false;
  };

  Reach* OfferOnce(const Reach& reach);
  Reach* OfferPerSource(const Reach& reach);
  Reach* Keep(const Reach& reach);
  bool IsStart(keys::EntityNumber entity) const;
  void MarkHits();

  const Starts mode_;
  std::vector<keys::EntityNumber> starts_;  // kOneHop: ascending
  EntitySet met_;                           // kDone, kOneHop
  // Of the present level: where the entities are whose way may still get more certain.
  absl::flat_hash_map<keys::EntityNumber, size_t> improvable_;
  absl::flat_hash_map<keys::EntityNumber, Labels> labels_;  // kAnyHops
  std::vector<Reach> next_;
  uint32_t level_ = 1;
  uint64_t size_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_MET_ENTITIES_H_
