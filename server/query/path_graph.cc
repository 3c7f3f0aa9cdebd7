#include "server/query/path_graph.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"

namespace labgraph::query {

absl::StatusOr<PathGraph::Number> PathGraph::Find(keys::EntityNumber entity) {
  const auto [it, added] =
      numbers_.try_emplace(entity, static_cast<Number>(nodes_.size()));
  const Number number = it->second;
  if (added) {
    const uint8_t to_end = corridor_.ToEnd(entity);
    ASSIGN_OR_RETURN(const bool may_pass, corridor_.MayPass(entity));
    nodes_.push_back(
        {.entity = entity, .to_end = to_end, .bar = to_end, .may_pass = may_pass});
  }
  return number;
}

absl::StatusOr<absl::Span<const PathGraph::Hop>> PathGraph::HopsOf(Number number,
                                                                   size_t left) {
  if (nodes_[number].hops == nullptr) {
    ASSIGN_OR_RETURN(std::unique_ptr<Hops> hops, Read(nodes_[number].entity));
    MakeRoom(hops->links.size());
    nodes_[number].hops = std::move(hops);
    AddBacks(number);
  }
  const Hops& hops = *nodes_[number].hops;
  const std::vector<Hop>& useful =
      left >= hops.farthest ? hops.all : Near(number, static_cast<uint8_t>(left));
  tools_.budget.Visit(useful.size());
  return absl::MakeConstSpan(useful);
}

const std::vector<PathGraph::Hop>& PathGraph::Near(Number number, uint8_t left) {
  Hops& hops = *nodes_[number].hops;
  const auto [it, added] = hops.near.try_emplace(left);
  if (added) {
    tools_.budget.Work(static_cast<uint32_t>(hops.all.size()));
    for (const Hop& hop : hops.all) {
      if (nodes_[hop.to].to_end <= left) it->second.push_back(hop);
    }
    MakeRoom(it->second.size());
  }
  return it->second;
}

absl::StatusOr<std::unique_ptr<PathGraph::Hops>> PathGraph::Read(
    keys::EntityNumber entity) {
  auto read = std::make_unique<Hops>();
  std::vector<PathLink>& links = read->links;
  RETURN_IF_ERROR(
      ForEachEdge(tools_, entity, tools_.plan.edges, [&](const PassingEdge& edge) {
        const uint8_t to_end = corridor_.ToEnd(edge.neighbor);
        if (edge.neighbor == entity || !corridor_.Has(entity, to_end + 1u)) return;
        links.push_back({edge.neighbor, edge.statement, edge.certainty,
                         needs_.MetByFacet(edge.facet)});
      }));
  std::sort(links.begin(), links.end(), LinkOrder);
  for (size_t first = 0; first < links.size();) {
    const size_t count = SameTarget(absl::MakeConstSpan(links).subspan(first));
    ASSIGN_OR_RETURN(const Number to, Find(links[first].to));
    if (nodes_[to].may_pass || nodes_[to].to_end == 0) {
      NeedBits meets = 0;
      for (size_t i = first; i < first + count; ++i) meets |= links[i].meets;
      read->farthest = std::max(read->farthest, nodes_[to].to_end);
      read->all.push_back(
          {to, static_cast<uint32_t>(first), static_cast<uint32_t>(count), meets});
    }
    first += count;
  }
  return read;
}

// Forgets all but what the path at hand needs where there is too much.
void PathGraph::MakeRoom(size_t count) {
  kept_ += count;
  if (kept_ <= most_) return;
  ++forgotten_;
  kept_ = count;
  backs_.clear();
  for (Node& node : nodes_) {
    node.bar = node.to_end;
    node.back = 0;
    if (!node.on_path) node.hops.reset();
  }
  for (Number number = 0; number < nodes_.size(); ++number) {
    if (nodes_[number].hops == nullptr) continue;
    kept_ += nodes_[number].hops->links.size();
    AddBacks(number);
  }
  most_ = kept_ + tools_.links_kept;
}

void PathGraph::AddBacks(Number number) {
  for (const Hop& hop : nodes_[number].hops->all) {
    backs_.push_back({number, nodes_[hop.to].back});
    nodes_[hop.to].back = static_cast<uint32_t>(backs_.size());
  }
}

void PathGraph::Free(Number number, uint8_t hops) {
  nodes_[number].bar = hops;
  lowered_ = {number};
  for (size_t i = 0; i < lowered_.size(); ++i) {
    const Node& node = nodes_[lowered_[i]];
    for (uint32_t at = node.back; at != 0; at = backs_[at - 1].next) {
      if (!tools_.budget.Work(1)) return;
      Node& before = nodes_[backs_[at - 1].from];
      if (before.on_path || before.bar <= node.bar + 1) continue;
      before.bar = static_cast<uint8_t>(node.bar + 1);
      lowered_.push_back(backs_[at - 1].from);
    }
  }
}

}  // namespace labgraph::query
