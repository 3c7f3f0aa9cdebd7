#ifndef LABGRAPH_SERVER_QUERY_STEP_WALK_H_
#define LABGRAPH_SERVER_QUERY_STEP_WALK_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/graph/view.h"
#include "server/query/budget.h"
#include "server/query/entity_check.h"
#include "server/query/expander.h"
#include "server/query/hit_writer.h"
#include "server/query/met_entities.h"
#include "server/query/reach.h"
#include "server/query/traverse_plan.h"

namespace labgraph::query {

// What the steps of one traversal share; all of it outlives them.
struct WalkTools {
  graph::View& view;
  Expander& expander;
  Budget& budget;
  WayTree* ways;  // null where no paths are asked for
};

// One step of a traversal, level by level. Used once; not thread-safe.
class StepWalk {
 public:
  // `starts` are ascending by entity, each once. All must outlive this.
  StepWalk(const PlannedStep& step, const std::vector<Reach>& starts,
           const WalkTools& tools);

  // Walks until the end or until the budget stops it. Hits go to `writer` unless it is
  // null, and are appended to `hits`, in no order, unless that is null.
  absl::Status Run(uint32_t number, HitWriter* writer, std::vector<Reach>* hits);

  // Different entities met, the starts included.
  uint64_t met() const { return met_.size(); }

 private:
  absl::StatusOr<std::vector<Reach>> NextLevel(std::vector<Reach> level);
  absl::Status Expand(const Reach& reach);
  // Gives the level's hits.
  absl::Status Judge(std::vector<Reach>* level, uint32_t hops);

  const PlannedStep& step_;
  const std::vector<Reach>& starts_;
  const WalkTools tools_;
  EntityCheck check_;
  MetEntities met_;
  uint32_t number_ = 0;
  uint32_t least_start_depth_;
  HitWriter* writer_ = nullptr;
  std::vector<Reach>* hits_ = nullptr;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_STEP_WALK_H_
