#include "server/query/pattern_join.h"

#include <algorithm>

#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

using graph::Neighbor;

// Entities of a list compared with others in the time of one unit of work.
constexpr size_t kComparedInUnit = 16;

// The product, or UINT64_MAX where that is less.
uint64_t Multiply(uint64_t a, uint64_t b) {
  uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

bool ShorterList(SortedList a, SortedList b) { return a.size() < b.size(); }

}  // namespace

PatternJoin::PatternJoin(const PatternPlan& plan, const JoinOrder& order,
                         const JoinTools& tools, MatchSink* sink)
    : plan_(plan),
      order_(order),
      tools_(tools),
      sink_(sink),
      found_steps_(order.steps.size() - order.counted),
      lists_(order.lists.size(), ListState(tools.universe())),
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
  if (!tools_.budget.Work(1)) return absl::OkStatus();
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

SortedList PatternJoin::Intersect(size_t step, size_t lists) {
  SortedList candidates = common_[0];
  for (size_t i = 1; i < lists; ++i) {
    candidates = KeepCommon(candidates, common_[i], &steps_[step].storage);
  }
  return candidates;
}

absl::StatusOr<SortedList> PatternJoin::Candidates(size_t step) {
  ASSIGN_OR_RETURN(const bool any, CollectLists(step));
  if (!any) return SortedList();
  const SortedList candidates = Intersect(step, common_.size());
  return marked_ == nullptr ? candidates
                            : marked_->KeepCommon(candidates, &steps_[step].storage);
}

absl::StatusOr<uint64_t> PatternJoin::Count(size_t step) {
  if (!steps_[step].test.trivial()) return CountTested(step);
  ASSIGN_OR_RETURN(const bool any, CollectLists(step));
  if (!any) return 0;
  return CountCollected(step) - (plan_.all_different ? CountBound() : 0);
}

uint64_t PatternJoin::CountCollected(size_t step) {
  if (marked_ != nullptr) return marked_->CountCommon(Intersect(step, common_.size()));
  if (common_.size() == 1) return common_[0].size();
  return CountCommon(Intersect(step, common_.size() - 1), common_.back());
}

uint64_t PatternJoin::CountBound() const {
  return static_cast<uint64_t>(
      std::count_if(entities_.begin(), entities_.end(), [this](Neighbor entity) {
        return entity != 0 && (marked_ == nullptr || marked_->Has(entity)) &&
               std::all_of(common_.begin(), common_.end(),
                           [entity](SortedList list) { return Contains(list, entity); });
      }));
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

absl::StatusOr<bool> PatternJoin::CollectLists(size_t number) {
  const JoinStep& step = order_.steps[number];
  common_.clear();
  marked_ = nullptr;
  for (const size_t list : step.lists) {
    ASSIGN_OR_RETURN(const SortedList entities, List(list));
    if (entities.empty()) return false;
    if (step.lasting != list) common_.push_back(entities);
  }
  const PlannedVariable& variable = plan_.variables[step.variable];
  if (step.lists.empty()) {
    ASSIGN_OR_RETURN(const SortedList source, Source(number));
    common_.push_back(source);
  } else if (!variable.ids.empty()) {
    common_.push_back(variable.ids);
  }
  if (step.lasting.has_value()) AddLasting(*step.lasting);
  std::sort(common_.begin(), common_.end(), ShorterList);
  return tools_.budget.Work(
      static_cast<uint32_t>(1 + common_[0].size() / kComparedInUnit));
}

void PatternJoin::AddLasting(size_t list) {
  ListState& state = lists_[list];
  // What is compared only once is not worth marking.
  if (state.used && state.marked.empty()) state.marked.Mark(state.list);
  state.used = true;
  const SortedList shortest =
      *std::min_element(common_.begin(), common_.end(), ShorterList);
  if (state.marked.empty() || MuchShorter(state.list, shortest)) {
    common_.push_back(state.list);
  } else {
    marked_ = &state.marked;
  }
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
  for (const size_t list : lists_of_[variable]) {
    ListState& state = lists_[list];
    state.known = state.used = false;
    state.marked.Clear();
  }
}

bool PatternJoin::IsBound(Neighbor entity) const {
  return std::find(entities_.begin(), entities_.end(), entity) != entities_.end();
}

}  // namespace labgraph::query
