#include "server/query/degree_sample.h"

#include <algorithm>
#include <cmath>

#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

// Rows of a source read for a sample.
constexpr uint64_t kSampleRows = 64;
// More edges of one entity than this tell nothing new.
constexpr size_t kMaxEdges = kRunEdges;
// So many that the order cannot matter any more.
constexpr double kMaxMean = 1e12;

// What a sample reads is no part of the answer and does not count, but its time does.
Budget SampleBudget(uint64_t max_visited, Budget& budget) {
  return Budget(max_visited, 0, [&budget] {
    return budget.Work(Budget::kPollUnits) ? Signal::kGoOn : Signal::kDeadlineNear;
  });
}

// How many entities lie within the hops if each leads to `mean` others.
double WithinHops(double mean, HopRange hops) {
  double within = 0;
  for (uint32_t h = hops.min; h <= hops.max; ++h) {
    within = std::min(kMaxMean, within + std::pow(mean, h));
  }
  return within;
}

// Evenly spaced.
std::vector<graph::Neighbor> SampleOf(SortedList list) {
  if (list.size() <= kSampleEntities) return {list.begin(), list.end()};
  std::vector<graph::Neighbor> sample(kSampleEntities);
  for (size_t i = 0; i < kSampleEntities; ++i) {
    sample[i] = list[i * list.size() / kSampleEntities];
  }
  return sample;
}

}  // namespace

absl::StatusOr<DegreeSample> SampleDegrees(const std::vector<graph::Neighbor>& nodes,
                                           const EdgeSelection& selection, HopRange hops,
                                           const JoinTools& tools) {
  DegreeSample sample;
  Budget budget = SampleBudget(tools.planning_rows(), tools.budget);
  size_t edges = 0;
  size_t asked = 0;
  for (const graph::Neighbor node : nodes) {
    if (budget.stopped()) break;
    ++asked;
    size_t of_node = 0;
    RETURN_IF_ERROR(
        tools.expander.Expand(node, selection, budget, [&](const graph::EdgeRun& run) {
          of_node += run.size;
          sample.neighbors.push_back(run.neighbors[run.size / 2]);
          return budget.Visit(run.size) == run.size && of_node < kMaxEdges;
        }));
    edges += of_node;
  }
  SortUnique(&sample.neighbors);
  sample.neighbors = SampleOf(sample.neighbors);
  if (asked > 0) {
    sample.mean =
        WithinHops(static_cast<double>(edges) / static_cast<double>(asked), hops);
  }
  return sample;
}

absl::StatusOr<std::vector<graph::Neighbor>> SampleSource(const StartSource& source,
                                                          const JoinTools& tools) {
  if (!source.all_numbers()) {
    Budget budget = SampleBudget(kSampleRows, tools.budget);
    ASSIGN_OR_RETURN(const std::vector<graph::Neighbor> entities,
                     source.Read({tools.view, tools.expander, budget}, kSampleRows));
    return SampleOf(entities);
  }
  // Ever wider steps from the lowest number on, so that the sample at a revision stays
  // the same when more entities come.
  std::vector<graph::Neighbor> numbers;
  keys::EntityNumber step = 1;
  for (keys::EntityNumber n = 1; n < tools.universe(); n += step, step += step / 2 + 1) {
    ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> card,
                     tools.expander.Card(n));
    if (card.has_value()) numbers.push_back(static_cast<graph::Neighbor>(n));
  }
  return numbers;
}

}  // namespace labgraph::query
