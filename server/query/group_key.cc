#include "server/query/group_key.h"

#include "server/query/entity_group_keys.h"
#include "server/query/statement_group_keys.h"

namespace labgraph::query {

std::unique_ptr<GroupKey> MakeGroupKey(const PlannedKey& plan, const JoinTools& tools) {
  if (!plan.entity.has_value()) return std::make_unique<FacetKey>(plan.by, tools);
  if (plan.property != nullptr) return std::make_unique<PropertyKey>(plan, tools);
  if (plan.by == v1::GROUP_BY_KIND) {
    return std::make_unique<KindKey>(*plan.entity, tools);
  }
  return std::make_unique<IdKey>(*plan.entity, tools);
}

}  // namespace labgraph::query
