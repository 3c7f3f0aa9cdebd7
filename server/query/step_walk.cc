#include "server/query/step_walk.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

MetEntities::Starts StartsMode(const PlannedStep& step, size_t starts) {
  if (step.min_hops == 0) return MetEntities::Starts::kDone;
  if (step.max_hops == 1) return MetEntities::Starts::kOneHop;
  return starts == 1 ? MetEntities::Starts::kDone : MetEntities::Starts::kAnyHops;
}

uint32_t LeastDepth(const std::vector<Reach>& reaches) {
  uint32_t least = UINT32_MAX;
  for (const Reach& reach : reaches) least = std::min(least, reach.depth);
  return least;
}

bool HitOrder(const Reach& a, const Reach& b) {
  return std::tie(a.depth, a.entity) < std::tie(b.depth, b.entity);
}

// What MetEntities::Offer requires; ties are broken so that results never vary.
bool ExpansionOrder(const Reach& a, const Reach& b) {
  return std::tie(a.depth, a.certainty, a.entity, a.source) <
         std::tie(b.depth, b.certainty, b.entity, b.source);
}

}  // namespace

StepWalk::StepWalk(const PlannedStep& step, const std::vector<Reach>& starts,
                   const WalkTools& tools)
    : step_(step),
      starts_(starts),
      tools_(tools),
      check_(step.kinds, step.where, tools.view, tools.expander, tools.budget),
      met_(starts, StartsMode(step, starts.size()), tools.view.head().state.next_entity),
      least_start_depth_(LeastDepth(starts)) {}

absl::Status StepWalk::Run(uint32_t number, HitWriter* writer, std::vector<Reach>* hits) {
  number_ = number;
  writer_ = writer;
  hits_ = hits;
  std::vector<Reach> level = starts_;
  for (Reach& start : level) start.source = start.entity;
  for (uint32_t hops = 0; !level.empty(); ++hops) {
    if (hops >= step_.min_hops) RETURN_IF_ERROR(Judge(&level, hops));
    if (hops == step_.max_hops || tools_.budget.stopped()) break;
    ASSIGN_OR_RETURN(level, NextLevel(std::move(level)));
  }
  return writer_ == nullptr ? absl::OkStatus() : writer_->EndStep();
}

absl::StatusOr<std::vector<Reach>> StepWalk::NextLevel(std::vector<Reach> level) {
  std::sort(level.begin(), level.end(), ExpansionOrder);
  for (const Reach& reach : level) {
    if (!reach.expands) continue;
    RETURN_IF_ERROR(Expand(reach));
    if (tools_.budget.stopped()) break;
  }
  RETURN_IF_ERROR(tools_.budget.status());
  return met_.TakeLevel();
}

absl::Status StepWalk::Expand(const Reach& reach) {
  graph::FacetVerdicts& verdicts = tools_.view.verdicts();
  Reach next = reach;
  next.from = reach.entity;
  ++next.depth;
  return tools_.expander.Expand(
      reach.entity, step_.edges, tools_.budget, [&](const graph::EdgeRun& run) {
        const size_t visited = tools_.budget.Visit(run.size);
        for (size_t i = 0; i < visited; ++i) {
          const graph::ReadFilter::Verdict verdict = verdicts.Of(run.FacetAt(i));
          if (!verdict.passes) continue;
          next.entity = run.neighbors[i];
          next.statement = run.statements[i];
          next.certainty = Weakest(reach.certainty, verdict.certainty);
          Reach* const kept = met_.Offer(next);
          if (kept != nullptr && tools_.ways != nullptr) {
            kept->way = tools_.ways->Extend(reach.way, next.statement);
          }
        }
        return visited == run.size;
      });
}

absl::Status StepWalk::Judge(std::vector<Reach>* level, uint32_t hops) {
  std::sort(level->begin(), level->end(), HitOrder);
  if (writer_ != nullptr) {
    RETURN_IF_ERROR(writer_->BeginLevel(number_, least_start_depth_ + hops));
  }
  for (const Reach& reach : *level) {
    if (!reach.hit) continue;
    if (tools_.budget.out_of_time() || tools_.budget.cut() == v1::CUT_REASON_MAX_HITS)
      break;
    ASSIGN_OR_RETURN(const bool passes, check_.Passes(reach.entity));
    if (!passes) continue;
    if (writer_ != nullptr) RETURN_IF_ERROR(writer_->Add(reach));
    if (hits_ != nullptr) hits_->push_back(reach);
  }
  return tools_.budget.status();
}

}  // namespace labgraph::query
