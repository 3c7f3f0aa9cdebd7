#ifndef LABGRAPH_SERVER_QUERY_FILTER_NODE_H_
#define LABGRAPH_SERVER_QUERY_FILTER_NODE_H_

#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/candidate.h"

namespace labgraph::query {

// What deciding a condition has to read, cheapest first.
enum class FilterCost { kHeader, kRecord, kStatements };

// One comparison, compiled. Immutable; `holds` is safe to call from several threads with
// different candidates.
struct Condition {
  FilterCost cost;
  std::function<absl::StatusOr<bool>(Candidate&)> holds;
};

// A filter as a tree. Immutable once built.
struct FilterNode {
  enum class Type { kAnd, kOr, kNot, kCondition };

  static FilterNode Leaf(Condition condition);
  static FilterNode Not(FilterNode child);
  // kAnd or kOr of at least one child; the child itself when it is the only one.
  static FilterNode Join(Type type, std::vector<FilterNode> children);

  Type type = Type::kCondition;
  FilterCost cost = FilterCost::kHeader;  // of the dearest condition within
  std::vector<FilterNode> children;       // cheapest first; one for kNot
  Condition condition;                    // kCondition only
};

// Evaluates from left to right and no further than needed.
absl::StatusOr<bool> Holds(const FilterNode& node, Candidate& candidate);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_FILTER_NODE_H_
