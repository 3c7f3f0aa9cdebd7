#include "server/query/path_needs.h"

#include <algorithm>
#include <bit>

namespace labgraph::query {
namespace {

// The bit of `thing` among `things`, which are ascending and begin with bit `first`; 0
// when it is none of them.
template <typename Number>
NeedBits BitOf(Number thing, const std::vector<Number>& things, size_t first) {
  const auto it = std::lower_bound(things.begin(), things.end(), thing);
  if (it == things.end() || *it != thing) return 0;
  return NeedBits{1} << (first + static_cast<size_t>(it - things.begin()));
}

}  // namespace

NeedBits PathNeeds::MetBy(keys::EntityNumber entity) const {
  return BitOf(entity, plan_.required_entities, 0);
}

NeedBits PathNeeds::MetByFacet(keys::FacetNumber facet) {
  if (plan_.required_predicates.empty()) return 0;
  if (facet >= by_facet_.size()) by_facet_.resize(facet + 1, kUnknown);
  NeedBits& met = by_facet_[facet];
  if (met == kUnknown) {
    met = BitOf(facets_.PredicateOf(facet), plan_.required_predicates,
                plan_.required_entities.size());
  }
  return met;
}

bool PathNeeds::Fit(NeedBits missing, size_t hops) const {
  return static_cast<size_t>(std::popcount(missing & entities())) <= hops + 1 &&
         static_cast<size_t>(std::popcount(missing & predicates())) <= hops;
}

}  // namespace labgraph::query
