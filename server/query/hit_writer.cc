#include "server/query/hit_writer.h"

#include <limits>

#include "server/base/status_macros.h"

namespace labgraph::query {

absl::Status HitWriter::BeginLevel(uint32_t step, uint32_t least_depth) {
  step_ = step;
  depth_ = least_depth;
  return GiveWaiting(least_depth);
}

absl::Status HitWriter::Add(const Reach& reach) {
  if (reach.depth <= depth_) return Give(reach);
  waiting_[reach.depth].push_back(reach);
  return absl::OkStatus();
}

absl::Status HitWriter::EndStep() {
  return GiveWaiting(std::numeric_limits<uint32_t>::max());
}

absl::Status HitWriter::GiveWaiting(uint32_t last_depth) {
  while (!waiting_.empty() && waiting_.begin()->first <= last_depth) {
    for (const Reach& reach : waiting_.begin()->second) RETURN_IF_ERROR(Give(reach));
    waiting_.erase(waiting_.begin());
  }
  return absl::OkStatus();
}

absl::Status HitWriter::Give(const Reach& reach) {
  if (budget_->PassOver(1) > 0) return absl::OkStatus();
  if (!budget_->Work(Budget::kReadUnits) || !budget_->Hit()) return budget_->status();
  while (summary_->hits_by_depth_size() <= static_cast<int>(reach.depth)) {
    summary_->add_hits_by_depth(0);
  }
  summary_->set_hits_by_depth(reach.depth, summary_->hits_by_depth(reach.depth) + 1);
  if (sink_ == nullptr) return absl::OkStatus();
  std::vector<keys::StatementNumber> path;
  if (ways_ != nullptr) path = ways_->Statements(reach.way);
  return sink_->Take({.entity = reach.entity,
                      .depth = reach.depth,
                      .step = step_,
                      .statement = reach.statement,
                      .from = reach.from,
                      .certainty = reach.certainty,
                      .path = path});
}

}  // namespace labgraph::query
