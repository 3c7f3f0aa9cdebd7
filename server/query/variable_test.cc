#include "server/query/variable_test.h"

#include "absl/types/optional.h"
#include "server/base/status_macros.h"

namespace labgraph::query {

absl::StatusOr<bool> VariableTest::KindFits(graph::Neighbor entity) {
  ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> card,
                   tools_.expander.Card(entity));
  return card.has_value() && variable_.kinds.contains(card->kind);
}

absl::StatusOr<bool> VariableTest::Ask(graph::Neighbor entity) {
  if (!tools_.budget.Work(Budget::kReadUnits)) return false;
  bool passes = true;
  if (asks_kind_) {
    ASSIGN_OR_RETURN(passes, KindFits(entity));
  }
  if (passes) {
    ASSIGN_OR_RETURN(passes, where_.Matches(entity));
  }
  answers_.Set(entity, passes ? Answer::kYes : Answer::kNo);
  return passes;
}

}  // namespace labgraph::query
