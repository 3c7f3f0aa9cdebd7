#ifndef LABGRAPH_SERVER_QUERY_PATH_NEEDS_H_
#define LABGRAPH_SERVER_QUERY_PATH_NEEDS_H_

#include <cstdint>
#include <vector>

#include "server/base/limits.h"
#include "server/graph/read_filter.h"
#include "server/keys/keys.h"
#include "server/query/path_plan.h"

namespace labgraph::query {

// Things that a path must have, as bits: the required entities, then the required
// predicates.
using NeedBits = uint32_t;
static_assert(2 * limits::kRequired.value <= 32);

// What all paths of a plan must have. Not thread-safe (it remembers facets).
class PathNeeds {
 public:
  // Both must outlive this.
  PathNeeds(const PathPlan& plan, const graph::FacetVerdicts& facets)
      : plan_(plan), facets_(facets) {}

  size_t size() const {
    return plan_.required_entities.size() + plan_.required_predicates.size();
  }
  NeedBits all() const { return static_cast<NeedBits>((uint64_t{1} << size()) - 1); }
  NeedBits predicates() const { return all() & ~entities(); }
  NeedBits entities() const {
    return static_cast<NeedBits>((uint64_t{1} << plan_.required_entities.size()) - 1);
  }

  // What a path has for passing an entity, and for using a statement of a facet.
  NeedBits MetBy(keys::EntityNumber entity) const;
  NeedBits MetByFacet(keys::FacetNumber facet);

  // Whether a way of so many hops is long enough to meet them, its first entity counted.
  bool Fit(NeedBits missing, size_t hops) const;

 private:
  const PathPlan& plan_;
  const graph::FacetVerdicts& facets_;
  // By facet; kUnknown where not asked for yet.
  static constexpr NeedBits kUnknown = ~NeedBits{0};
  std::vector<NeedBits> by_facet_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATH_NEEDS_H_
