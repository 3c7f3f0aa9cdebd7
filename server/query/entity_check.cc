#include "server/query/entity_check.h"

#include "absl/types/optional.h"
#include "server/base/status_macros.h"

namespace labgraph::query {

absl::StatusOr<bool> EntityCheck::Passes(keys::EntityNumber entity) {
  if (!kinds_.empty()) {
    if (!budget_.Work(1)) return false;
    ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> card,
                     expander_.Card(entity));
    if (!card.has_value() || !kinds_.contains(card->kind)) return false;
  }
  if (!asks_where_) return true;
  if (!budget_.Work(Budget::kReadUnits)) return false;
  return where_.Matches(entity);
}

}  // namespace labgraph::query
