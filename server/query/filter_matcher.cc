#include "server/query/filter_matcher.h"

#include "server/base/status_macros.h"
#include "server/query/filter_node.h"

namespace labgraph::query {

absl::StatusOr<bool> FilterMatcher::Matches(keys::EntityNumber entity) {
  if (filter_.matches_all()) return true;
  candidate_.Reset(entity);
  ASSIGN_OR_RETURN(const bool holds, Holds(*filter_.root_, candidate_));
  return holds && !candidate_.missing();
}

}  // namespace labgraph::query
