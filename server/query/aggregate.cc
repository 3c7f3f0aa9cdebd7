#include "server/query/aggregate.h"

#include <memory>
#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/query/count_statements.h"
#include "server/query/group_counts.h"
#include "server/query/join_order.h"
#include "server/query/pattern_join.h"

namespace labgraph::query {
namespace {

// Adds matches to groups.
class GroupSink final : public MatchSink {
 public:
  explicit GroupSink(GroupCounts* groups) : groups_(*groups) {}

  absl::Status Take(absl::Span<const graph::Neighbor> entities, uint64_t count) override {
    return groups_.Add({entities, 0}, count);
  }

 private:
  GroupCounts& groups_;
};

absl::Status CountMatches(const AggregatePlan& plan, const JoinTools& tools,
                          GroupCounts* groups) {
  std::vector<bool> needed(plan.pattern->variables.size(), false);
  for (const PlannedKey& key : plan.keys) needed[*key.entity] = true;
  ASSIGN_OR_RETURN(const JoinOrder order, MakeJoinOrder(*plan.pattern, needed, tools));
  GroupSink sink(groups);
  return PatternJoin(*plan.pattern, order, tools, &sink).Run();
}

}  // namespace

absl::StatusOr<v1::AggregateResponse> Aggregate(const AggregatePlan& plan,
                                                graph::View& view, Expander& expander,
                                                Budget& budget) {
  const JoinTools tools{view, expander, budget};
  std::vector<std::unique_ptr<GroupKey>> keys;
  for (const PlannedKey& key : plan.keys) keys.push_back(MakeGroupKey(key, tools));
  GroupCounts groups(std::move(keys), budget);
  RETURN_IF_ERROR(plan.pattern.has_value()
                      ? CountMatches(plan, tools, &groups)
                      : CountStatements(*plan.statements, plan.keys, tools, &groups));
  v1::AggregateResponse response;
  RETURN_IF_ERROR(groups.Fill(plan.max_groups, &response));
  RETURN_IF_ERROR(budget.status());
  response.set_group_count(groups.groups());
  response.set_total(budget.hits());
  response.set_visited_statements(budget.visited());
  response.set_cut(budget.cut());
  response.set_revision(view.revision());
  return response;
}

}  // namespace labgraph::query
