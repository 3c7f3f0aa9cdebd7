#include "server/query/join_order.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"
#include "server/query/variable_order.h"

namespace labgraph::query {
namespace {

class Maker {
 public:
  explicit Maker(const PatternPlan& plan)
      : plan_(plan), found_(plan.variables.size(), false) {}

  void Add(OrderedVariable next) {
    JoinStep step{next.variable, {}, absl::nullopt, std::move(next.source)};
    for (const PlannedEdge& edge : plan_.edges) {
      if (edge.to == step.variable && found_[edge.from]) {
        AddList(edge.from, {edge.selection, edge.hops}, &step);
      } else if (edge.from == step.variable && found_[edge.to]) {
        AddList(edge.to, {edge.selection.Reversed(), edge.hops}, &step);
      }
    }
    step.lasting = Lasting(step);
    found_[step.variable] = true;
    order_.steps.push_back(std::move(step));
  }

  JoinOrder Finish(const std::vector<bool>& needed) {
    order_.counted = Counted(needed);
    return std::move(order_);
  }

 private:
  void AddList(size_t variable, const EdgeSide& side, JoinStep* step) {
    const size_t side_number = SideNumber(side, variable);
    const auto known =
        std::find_if(order_.lists.begin(), order_.lists.end(), [&](const JoinList& list) {
          return list.variable == variable && list.side == side_number;
        });
    const auto list = static_cast<size_t>(known - order_.lists.begin());
    if (known == order_.lists.end()) order_.lists.push_back({variable, side_number});
    // Two edges may say the same.
    if (std::find(step->lists.begin(), step->lists.end(), list) == step->lists.end()) {
      step->lists.push_back(list);
    }
  }

  size_t SideNumber(const EdgeSide& side, size_t variable) {
    const auto known = std::find_if(
        order_.sides.begin(), order_.sides.end(), [&](const EdgeSide& other) {
          return other.selection == side.selection && other.hops == side.hops;
        });
    const auto number = static_cast<size_t>(known - order_.sides.begin());
    if (known == order_.sides.end()) order_.sides.push_back(side);
    // The first variable takes each entity just once.
    if (variable != order_.steps.front().variable) order_.sides[number].repeats = true;
    return number;
  }

  absl::optional<size_t> Lasting(const JoinStep& step) const {
    if (step.lists.size() < 2) return absl::nullopt;
    const auto place = [this](size_t list) {
      const auto of_variable = [&](const JoinStep& other) {
        return other.variable == order_.lists[list].variable;
      };
      return std::find_if(order_.steps.begin(), order_.steps.end(), of_variable);
    };
    const size_t first =
        *std::min_element(step.lists.begin(), step.lists.end(),
                          [&](size_t a, size_t b) { return place(a) < place(b); });
    // That of the step right before is new each time.
    if (place(first) + 1 == order_.steps.end()) return absl::nullopt;
    return first;
  }

  // The last steps that are not needed and of which none has a list of another.
  size_t Counted(const std::vector<bool>& needed) const {
    size_t counted = 0;
    const size_t most = plan_.all_different ? 1 : order_.steps.size();
    while (counted < most && counted < order_.steps.size()) {
      const size_t place = order_.steps.size() - counted - 1;
      const size_t variable = order_.steps[place].variable;
      const bool used = std::any_of(
          order_.steps.begin() + static_cast<ptrdiff_t>(place) + 1, order_.steps.end(),
          [&](const JoinStep& later) { return UsesVariable(later, variable); });
      if (used || needed[variable]) break;
      ++counted;
    }
    return counted;
  }

  bool UsesVariable(const JoinStep& step, size_t variable) const {
    return std::any_of(step.lists.begin(), step.lists.end(), [&](size_t list) {
      return order_.lists[list].variable == variable;
    });
  }

  const PatternPlan& plan_;
  std::vector<bool> found_;
  JoinOrder order_;
};

}  // namespace

absl::StatusOr<JoinOrder> MakeJoinOrder(const PatternPlan& plan,
                                        const std::vector<bool>& needed,
                                        const JoinTools& tools) {
  ASSIGN_OR_RETURN(std::vector<OrderedVariable> variables,
                   OrderVariables(plan, needed, tools));
  Maker maker(plan);
  for (OrderedVariable& variable : variables) maker.Add(std::move(variable));
  return maker.Finish(needed);
}

}  // namespace labgraph::query
