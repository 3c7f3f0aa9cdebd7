#include "server/query/filter_node.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"

namespace labgraph::query {

FilterNode FilterNode::Leaf(Condition condition) {
  FilterNode node;
  node.cost = condition.cost;
  node.condition = std::move(condition);
  return node;
}

FilterNode FilterNode::Not(FilterNode child) {
  FilterNode node;
  node.type = Type::kNot;
  node.cost = child.cost;
  node.children.push_back(std::move(child));
  return node;
}

FilterNode FilterNode::Join(Type type, std::vector<FilterNode> children) {
  if (children.size() == 1) return std::move(children.front());
  std::stable_sort(
      children.begin(), children.end(),
      [](const FilterNode& a, const FilterNode& b) { return a.cost < b.cost; });
  FilterNode node;
  node.type = type;
  node.cost = children.back().cost;
  node.children = std::move(children);
  return node;
}

absl::StatusOr<bool> Holds(const FilterNode& node, Candidate& candidate) {
  switch (node.type) {
    case FilterNode::Type::kCondition:
      return node.condition.holds(candidate);
    case FilterNode::Type::kNot: {
      ASSIGN_OR_RETURN(const bool holds, Holds(node.children.front(), candidate));
      return !holds;
    }
    case FilterNode::Type::kAnd:
    case FilterNode::Type::kOr:
      break;
  }
  const bool decides = node.type == FilterNode::Type::kOr;
  for (const FilterNode& child : node.children) {
    ASSIGN_OR_RETURN(const bool holds, Holds(child, candidate));
    if (holds == decides) return decides;
  }
  return !decides;
}

}  // namespace labgraph::query
