#include "server/query/simple_path_walk.h"

#include <algorithm>

#include "server/base/status_macros.h"

namespace labgraph::query {

absl::Status SimplePathWalk::Run() {
  const uint32_t hops = parts_.corridor.hops();
  for (const keys::EntityNumber beginning : tools_.plan.from) {
    if (parts_.corridor.ToEnd(beginning) > hops) continue;
    if (!parts_.need_levels.MayMeet(parts_.needs.all(), beginning, hops)) continue;
    ASSIGN_OR_RETURN(const PathGraph::Number number, graph_.Find(beginning));
    RETURN_IF_ERROR(Extend(number, parts_.needs.all()).status());
    if (parts_.writer.done()) break;
  }
  return absl::OkStatus();
}

// Recursion is as deep as a path is long, at most limits::kHops.
absl::StatusOr<SimplePathWalk::Found> SimplePathWalk::Extend(PathGraph::Number number,
                                                             NeedBits missing) {
  const PathGraph::Node& node = graph_.node(number);
  const bool is_end = node.to_end == 0;
  const bool goes_on = HopsLeft() > 0 && (node.may_pass || way_.empty());
  missing &= ~parts_.needs.MetBy(node.entity);
  entities_.push_back(node.entity);
  Found found;
  if (is_end) found.hops = 0;
  if (goes_on) {
    RETURN_IF_ERROR(GoOn(number, missing, &found));
  } else if (is_end && HopsLeft() == 0 && missing == 0) {
    parts_.choices.Give(entities_, way_, parts_.needs.predicates());
  }
  entities_.pop_back();
  return found;
}

absl::Status SimplePathWalk::GoOn(PathGraph::Number number, NeedBits missing,
                                  Found* found) {
  const uint64_t raised = graph_.raised();
  graph_.node(number).on_path = true;
  RETURN_IF_ERROR(TryHops(number, missing, found));
  graph_.node(number).on_path = false;
  if (parts_.writer.done()) return absl::OkStatus();
  if (!found->exact) {
    graph_.Free(number, graph_.node(number).to_end);
  } else if (found->hops == LevelMap::kNone) {
    graph_.Raise(number, static_cast<uint8_t>(HopsLeft() + 1));
  } else if (graph_.raised() != raised) {  // else nothing became too high
    graph_.Free(number, found->hops);
  }
  return absl::OkStatus();
}

absl::Status SimplePathWalk::TryHops(PathGraph::Number number, NeedBits missing,
                                     Found* found) {
  const size_t left = HopsLeft() - 1;  // behind the next hop
  const uint64_t forgotten = graph_.forgotten();
  ASSIGN_OR_RETURN(const absl::Span<const PathGraph::Hop> hops,
                   graph_.HopsOf(number, left));
  if (graph_.forgotten() != forgotten) found->exact = false;
  for (const PathGraph::Hop& hop : hops) {
    if (parts_.writer.done()) return absl::OkStatus();
    const PathGraph::Node& next = graph_.node(hop.to);
    if (next.on_path || next.bar > left) continue;
    const NeedBits still_missing = missing & ~hop.meets;
    if (!parts_.need_levels.MayMeet(still_missing, next.entity, left)) {
      found->exact = false;
      continue;
    }
    way_.push_back(graph_.LinksOf(number, hop));
    ASSIGN_OR_RETURN(const Found beyond, Extend(hop.to, still_missing));
    way_.pop_back();
    found->exact = found->exact && beyond.exact;
    if (beyond.hops < found->hops) {
      found->hops = std::min<uint8_t>(found->hops, beyond.hops + 1);
    }
  }
  return absl::OkStatus();
}

}  // namespace labgraph::query
