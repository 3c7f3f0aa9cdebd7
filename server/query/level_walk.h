#ifndef LABGRAPH_SERVER_QUERY_LEVEL_WALK_H_
#define LABGRAPH_SERVER_QUERY_LEVEL_WALK_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/query/budget.h"
#include "server/query/entity_check.h"
#include "server/query/expander.h"
#include "server/query/met_bits.h"
#include "server/query/traverse.h"
#include "server/query/traverse_plan.h"

namespace labgraph::query {

// Whether LevelWalk can answer: nobody asks by which way an entity was reached, and all
// ways to a level of a step have the same depth.
bool WalksByLevels(const TraversePlan& plan);

// A traversal that keeps nothing of an entity but its level: numbers in a bitmap and in
// lists, which is all that counts and ids need. As Traverse otherwise; hits have entity,
// depth and step alone. Used once; not thread-safe.
class LevelWalk {
 public:
  // `sink` null: only count. All must outlive this. REQUIRES: WalksByLevels(plan).
  LevelWalk(const TraversePlan& plan, graph::View& view, Expander& expander,
            Budget& budget, HitSink* sink, v1::TraverseSummary* summary)
      : plan_(plan),
        view_(view),
        expander_(expander),
        budget_(budget),
        sink_(sink),
        summary_(*summary) {}

  // Fills hits_by_depth and visited_entities of the summary. Errors: as Traverse.
  absl::Status Run();

 private:
  using Entities = std::vector<graph::Neighbor>;
  // A step under way.
  struct Step {
    const PlannedStep& plan;
    const uint32_t number;
    const bool given;  // its hits are of the answer
    EntityCheck check;
    MetBits met;
    // Starts may be met again, which only a step of one hop allows.
    const bool starts_open;
    uint32_t depth;  // of the level at hand
  };

  // Walks one step; gives its hits.
  absl::StatusOr<Entities> RunStep(const Entities& starts, Step& step);
  // Adds what is one hop from the entities of `level`.
  absl::Status Expand(const Entities& level, Step& step);
  bool Meet(const graph::EdgeRun& run, Step& step);
  // Gives or counts those of `level` that pass the step's conditions; appends them to
  // `hits` unless it is null.
  absl::Status Judge(const Entities& level, Step& step, Entities* hits);
  absl::Status Take(const Entities& passing, const Step& step, Entities* hits);
  absl::Status Give(const Entities& level, const Step& step);
  // Adds to the hits of the summary at a depth.
  void CountHits(uint32_t depth, uint64_t count);

  const TraversePlan& plan_;
  graph::View& view_;
  Expander& expander_;
  Budget& budget_;
  HitSink* const sink_;
  v1::TraverseSummary& summary_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_LEVEL_WALK_H_
