#ifndef LABGRAPH_SERVER_QUERY_VARIABLE_TEST_H_
#define LABGRAPH_SERVER_QUERY_VARIABLE_TEST_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "server/query/entity_map.h"
#include "server/query/filter_matcher.h"
#include "server/query/join_tools.h"
#include "server/query/pattern_plan.h"

namespace labgraph::query {

// Asks whether entities may stand for a variable by their kind and its condition, each
// entity once. Ids are not looked at. Not thread-safe.
class VariableTest {
 public:
  // `kinds_fit`: only entities of the variable's kinds are asked about. Both must outlive
  // this.
  VariableTest(const PlannedVariable* variable, bool kinds_fit, const JoinTools& tools)
      : variable_(*variable),
        tools_(tools),
        asks_kind_(!kinds_fit && !variable->kinds.empty() && !variable->kinds_implied),
        where_(variable->where, &tools.view),
        answers_(tools.universe()) {}

  // Whether every entity passes.
  bool trivial() const { return !asks_kind_ && variable_.where.matches_all(); }

  // False, too, when the budget ends it. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<bool> Passes(graph::Neighbor entity) {
    const Answer known = answers_.Get(entity);
    if (known != Answer::kUnknown) return known == Answer::kYes;
    return Ask(entity);
  }

 private:
  enum class Answer : uint8_t { kUnknown = 0, kNo, kYes };

  absl::StatusOr<bool> Ask(graph::Neighbor entity);
  absl::StatusOr<bool> KindFits(graph::Neighbor entity);

  const PlannedVariable& variable_;
  const JoinTools tools_;
  const bool asks_kind_;
  FilterMatcher where_;
  EntityMap<Answer> answers_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_VARIABLE_TEST_H_
