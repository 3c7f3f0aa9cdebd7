#include "server/query/variable_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "server/base/status_macros.h"
#include "server/query/degree_sample.h"
#include "server/query/row_counts.h"

namespace labgraph::query {
namespace {

// Rows counted of each source before more of them are.
constexpr uint64_t kFirstBound = 64;
constexpr uint64_t kBoundGrowth = 8;
// The share of candidates that another edge to a known variable, kinds or a condition is
// expected to leave.
constexpr double kTestShare = 0.125;

class Orderer {
 public:
  Orderer(const PatternPlan& plan, const std::vector<bool>& needed,
          const JoinTools& tools)
      : plan_(plan),
        needed_(needed),
        tools_(tools),
        place_(plan.variables.size(), kNotFound),
        counts_(tools.view.records().rows(), tools.budget),
        samples_(plan.variables.size()),
        degrees_(plan.edges.size()) {}

  absl::StatusOr<std::vector<OrderedVariable>> Run() {
    while (order_.size() < plan_.variables.size()) {
      const std::vector<size_t> open = Open();
      if (open.empty()) {
        RETURN_IF_ERROR(AddStart());
      } else {
        ASSIGN_OR_RETURN(const size_t next, Cheapest(open));
        Add({next, absl::nullopt});
      }
    }
    return std::move(order_);
  }

 private:
  static constexpr size_t kNotFound = std::numeric_limits<size_t>::max();

  bool Found(size_t variable) const { return place_[variable] != kNotFound; }
  void Add(OrderedVariable next) {
    place_[next.variable] = order_.size();
    order_.push_back(std::move(next));
  }

  // The variable at the other end of the edge; kNotFound for an edge of others.
  static size_t OtherEnd(const PlannedEdge& edge, size_t variable) {
    if (edge.from == variable) return edge.to;
    return edge.to == variable ? edge.from : kNotFound;
  }

  // Edges that lead to the variable from those before it.
  std::vector<size_t> EdgesFromBefore(size_t variable) const {
    std::vector<size_t> edges;
    for (size_t i = 0; i < plan_.edges.size(); ++i) {
      const size_t other = OtherEnd(plan_.edges[i], variable);
      if (other == kNotFound || !Found(other)) continue;
      if (place_[other] < place_[variable]) edges.push_back(i);
    }
    return edges;
  }

  // Variables not found yet that have an edge to one that is.
  std::vector<size_t> Open() const {
    std::vector<size_t> open;
    for (size_t v = 0; v < plan_.variables.size(); ++v) {
      if (!Found(v) && !EdgesFromBefore(v).empty()) open.push_back(v);
    }
    return open;
  }

  // Whether the variable may be counted rather than found once all others are.
  bool Countable(size_t variable) const {
    return !needed_[variable] &&
           std::all_of(plan_.edges.begin(), plan_.edges.end(), [&](const auto& edge) {
             const size_t other = OtherEnd(edge, variable);
             return other == kNotFound || Found(other);
           });
  }

  absl::Status AddStart();
  // Whether it is better to start with the first of two variables that have as many
  // candidates.
  bool BetterStart(size_t variable, size_t other) const;
  absl::StatusOr<size_t> Cheapest(const std::vector<size_t>& open);
  absl::StatusOr<double> Expected(size_t variable);
  absl::Status MakeDegrees(size_t edge);
  absl::Status MakeSample(size_t variable);

  const PatternPlan& plan_;
  const std::vector<bool>& needed_;
  const JoinTools& tools_;
  std::vector<OrderedVariable> order_;
  std::vector<size_t> place_;  // in order_, by variable
  RowCounts counts_;
  // What the variables may well stand for, and what that tells about edges, seen from the
  // end found first.
  std::vector<absl::optional<std::vector<graph::Neighbor>>> samples_;
  std::vector<absl::optional<DegreeSample>> degrees_;
};

bool Orderer::BetterStart(size_t variable, size_t other) const {
  if (needed_[variable] != needed_[other]) return needed_[variable];
  const auto edges = [this](size_t v) {
    return std::count_if(plan_.edges.begin(), plan_.edges.end(),
                         [v](const auto& e) { return OtherEnd(e, v) != kNotFound; });
  };
  return edges(variable) > edges(other);
}

// Counts the rows of all sources side by side, so that the time taken is that of the
// smallest. Those that are all large count as equally so.
absl::Status Orderer::AddStart() {
  std::vector<OrderedVariable> choices;
  for (size_t v = 0; v < plan_.variables.size(); ++v) {
    if (Found(v)) continue;
    for (StartSource& source : StartSource::Of(plan_, v)) {
      choices.push_back({v, std::move(source)});
    }
  }
  OrderedVariable* best = choices.size() == 1 ? &choices[0] : nullptr;
  const uint64_t last = tools_.planning_rows();
  for (uint64_t bound = kFirstBound; best == nullptr;
       bound = std::min(bound * kBoundGrowth, last)) {
    const bool must_choose = bound == last || tools_.budget.out_of_time();
    uint64_t least = must_choose ? bound + 1 : bound;
    for (OrderedVariable& choice : choices) {
      ASSIGN_OR_RETURN(const uint64_t rows,
                       choice.source->Count(tools_.view, bound, counts_));
      const bool better = rows < least || (best != nullptr && rows == least &&
                                           BetterStart(choice.variable, best->variable));
      if (!better) continue;
      least = rows;
      best = &choice;
    }
  }
  Add(std::move(*best));
  return absl::OkStatus();
}

absl::StatusOr<size_t> Orderer::Cheapest(const std::vector<size_t>& open) {
  if (open.size() == 1) return open[0];
  size_t best = open[0];
  double least = std::numeric_limits<double>::infinity();
  for (const size_t variable : open) {
    ASSIGN_OR_RETURN(const double expected, Expected(variable));
    if (Countable(variable) && expected >= 1) continue;
    if (expected >= least) continue;
    least = expected;
    best = variable;
  }
  return best;
}

// How many entities are expected to fit for one set of those found.
absl::StatusOr<double> Orderer::Expected(size_t variable) {
  const PlannedVariable& planned = plan_.variables[variable];
  double least = std::numeric_limits<double>::infinity();
  size_t tests = 0;
  for (const size_t edge : EdgesFromBefore(variable)) {
    RETURN_IF_ERROR(MakeDegrees(edge));
    least = std::min(least, degrees_[edge]->mean);
    ++tests;
  }
  --tests;  // one edge gives the candidates
  if (!planned.ids.empty()) {
    least = std::min(least, static_cast<double>(planned.ids.size()));
    ++tests;
  }
  if (!planned.kinds.empty() && !planned.kinds_implied) ++tests;
  if (!planned.where.matches_all()) ++tests;
  return least * std::pow(kTestShare, tests);
}

absl::Status Orderer::MakeDegrees(size_t index) {
  if (degrees_[index].has_value()) return absl::OkStatus();
  const PlannedEdge& edge = plan_.edges[index];
  const bool forward = place_[edge.from] < place_[edge.to];
  const size_t end = forward ? edge.from : edge.to;
  RETURN_IF_ERROR(MakeSample(end));
  ASSIGN_OR_RETURN(
      degrees_[index],
      SampleDegrees(*samples_[end], forward ? edge.selection : edge.selection.Reversed(),
                    edge.hops, tools_));
  return absl::OkStatus();
}

absl::Status Orderer::MakeSample(size_t variable) {
  if (samples_[variable].has_value()) return absl::OkStatus();
  const OrderedVariable& ordered = order_[place_[variable]];
  if (ordered.source.has_value()) {
    ASSIGN_OR_RETURN(samples_[variable], SampleSource(*ordered.source, tools_));
    return absl::OkStatus();
  }
  const size_t edge = EdgesFromBefore(variable).front();
  RETURN_IF_ERROR(MakeDegrees(edge));
  samples_[variable] = degrees_[edge]->neighbors;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<OrderedVariable>> OrderVariables(
    const PatternPlan& plan, const std::vector<bool>& needed, const JoinTools& tools) {
  return Orderer(plan, needed, tools).Run();
}

}  // namespace labgraph::query
