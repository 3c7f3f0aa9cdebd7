#include "server/query/pattern_join.h"

#include <algorithm>

#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

using graph::Neighbor;

// The product, or UINT64_MAX where that is less.
uint64_t Multiply(uint64_t a, uint64_t b) {
  uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

}  // namespace

PatternJoin::PatternJoin(const PatternPlan& plan, const JoinOrder& order,
                         const JoinTools& tools, MatchSink* sink)
    : plan_(plan),
      order_(order),
      tools_(tools),
      sink_(sink),
      found_steps_(order.steps.size() - order.counted),
      lists_(order.lists.size()),
      lists_of_(plan.variables.size()),
      entities_(plan.variables.size()) {
  sides_.reserve(order.sides.size());
  for (const EdgeSide& side : order.sides) {
    sides_.emplace_back(side.selection, side.hops, side.repeats, tools, &arena_);
  }
  for (size_t i = 0; i < order.lists.size(); ++i) {
    lists_of_[order.lists[i].variable].push_back(i);
  }
  steps_.reserve(order.steps.size());
  for (const JoinStep& step : order.steps) {
    const bool of_kinds = step.source.has_value() && step.source->of_kinds();
    steps_.emplace_back(VariableTest(&plan.variables[step.variable], of_kinds, tools));
  }
}

absl::Status PatternJoin::Run() {
  RETURN_IF_ERROR(Find(0));
  return tools_.budget.status();
}

absl::Status PatternJoin::Find(size_t step) {
  if (step == found_steps_) return CountRest();
  const absl::optional<StartSource>& source = order_.steps[step].source;
  if (source.has_value() && source->all_numbers()) {
    for (Neighbor n = 1; n < tools_.universe() && !tools_.budget.stopped(); ++n) {
      RETURN_IF_ERROR(FindWith(step, n));
    }
  } else {
    ASSIGN_OR_RETURN(const SortedList candidates, Candidates(step));
    for (const Neighbor candidate : candidates) {
      if (tools_.budget.stopped()) break;
      RETURN_IF_ERROR(FindWith(step, candidate));
    }
  }
  Bind(order_.steps[step].variable, 0);
  return absl::OkStatus();
}

absl::Status PatternJoin::FindWith(size_t step, Neighbor candidate) {
  if (plan_.all_different && IsBound(candidate)) return absl::OkStatus();
  VariableTest& test = steps_[step].test;
  if (!test.trivial()) {
    ASSIGN_OR_RETURN(const bool passes, test.Passes(candidate));
    if (!passes) return absl::OkStatus();
  }
  Bind(order_.steps[step].variable, candidate);
  return Find(step + 1);
}

absl::Status PatternJoin::CountRest() {
  uint64_t count = 1;
  for (size_t step = found_steps_; step < order_.steps.size() && count > 0; ++step) {
    ASSIGN_OR_RETURN(const uint64_t found, Count(step));
    count = Multiply(count, found);
  }
  if (count == 0) return absl::OkStatus();
  count = tools_.budget.HitSome(count);
  return count == 0 ? absl::OkStatus() : sink_->Take(entities_, count);
}

absl::StatusOr<SortedList> PatternJoin::Candidates(size_t step) {
  ASSIGN_OR_RETURN(const bool any, CollectLists(step));
  if (!any) return SortedList();
  SortedList candidates = common_[0];
  for (size_t i = 1; i < common_.size(); ++i) {
    candidates = KeepCommon(candidates, common_[i], &steps_[step].storage);
  }
  return candidates;
}

absl::StatusOr<uint64_t> PatternJoin::Count(size_t step) {
  if (!steps_[step].test.trivial()) return CountTested(step);
  ASSIGN_OR_RETURN(const bool any, CollectLists(step));
  if (!any) return 0;
  SortedList candidates = common_[0];
  for (size_t i = 1; i + 1 < common_.size(); ++i) {
    candidates = KeepCommon(candidates, common_[i], &steps_[step].storage);
  }
  uint64_t count =
      common_.size() == 1 ? candidates.size() : CountCommon(candidates, common_.back());
  if (!plan_.all_different || count == 0) return count;
  for (const Neighbor entity : entities_) {
    const bool among = entity != 0 && std::all_of(common_.begin(), common_.end(),
                                                  [entity](SortedList list) {
                                                    return Contains(list, entity);
                                                  });
    count -= among ? 1 : 0;
  }
  return count;
}

absl::StatusOr<uint64_t> PatternJoin::CountTested(size_t step) {
  ASSIGN_OR_RETURN(const SortedList candidates, Candidates(step));
  uint64_t count = 0;
  for (const Neighbor candidate : candidates) {
    if (plan_.all_different && IsBound(candidate)) continue;
    ASSIGN_OR_RETURN(const bool passes, steps_[step].test.Passes(candidate));
    count += passes ? 1 : 0;
    if (tools_.budget.stopped()) break;
  }
  return count;
}

absl::StatusOr<bool> PatternJoin::CollectLists(size_t step) {
  common_.clear();
  for (const size_t list : order_.steps[step].lists) {
    ASSIGN_OR_RETURN(const SortedList entities, List(list));
    common_.push_back(entities);
    if (entities.empty()) return false;
  }
  const PlannedVariable& variable = plan_.variables[order_.steps[step].variable];
  if (common_.empty()) {
    ASSIGN_OR_RETURN(const SortedList source, Source(step));
    common_.push_back(source);
  } else if (!variable.ids.empty()) {
    common_.push_back(variable.ids);
  }
  std::sort(common_.begin(), common_.end(),
            [](SortedList a, SortedList b) { return a.size() < b.size(); });
  return tools_.budget.Work(static_cast<uint32_t>(1 + common_[0].size()));
}

absl::StatusOr<SortedList> PatternJoin::List(size_t number) {
  ListState& state = lists_[number];
  if (!state.known) {
    const JoinList& list = order_.lists[number];
    ASSIGN_OR_RETURN(state.list,
                     sides_[list.side].Of(entities_[list.variable], &state.storage));
    state.known = true;
  }
  return state.list;
}

absl::StatusOr<SortedList> PatternJoin::Source(size_t step) {
  absl::optional<std::vector<Neighbor>>& source = steps_[step].source;
  if (!source.has_value()) {
    ASSIGN_OR_RETURN(source, order_.steps[step].source->Read(tools_));
  }
  return SortedList(*source);
}

void PatternJoin::Bind(size_t variable, Neighbor entity) {
  entities_[variable] = entity;
  for (const size_t list : lists_of_[variable]) lists_[list].known = false;
}

bool PatternJoin::IsBound(Neighbor entity) const {
  return std::find(entities_.begin(), entities_.end(), entity) != entities_.end();
}

}  // namespace labgraph::query
