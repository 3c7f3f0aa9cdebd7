#ifndef LABGRAPH_SERVER_QUERY_PATTERN_PLAN_H_
#define LABGRAPH_SERVER_QUERY_PATTERN_PLAN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "labgraph/v1/pattern.pb.h"
#include "server/graph/view.h"
#include "server/query/edge_selection.h"
#include "server/query/filter.h"
#include "server/query/plan_checks.h"
#include "server/query/sorted_lists.h"

namespace labgraph::query {

// A variable, checked and resolved.
struct PlannedVariable {
  std::string name;
  absl::flat_hash_set<schema::KindNumber> kinds;  // with those under them; empty: all
  // Whether an edge's predicates allow no other kinds at this end, so that nothing that
  // fits the edges needs to be asked for its kind.
  bool kinds_implied = false;
  std::vector<graph::Neighbor> ids;  // ascending, each once; empty: any
  Filter where;
};

// An edge, checked and resolved.
struct PlannedEdge {
  size_t from = 0;  // position of the variable
  size_t to = 0;
  EdgeSelection selection;  // seen from `from`
  HopRange hops;

  // Whether it is one statement.
  bool single() const { return hops == HopRange(); }
  // Whether it leads to nothing that has no edges.
  bool leads_away() const { return hops.min > 0; }
};

// A pattern, checked and resolved against the view it will be matched on. A value.
struct PatternPlan {
  std::vector<PlannedVariable> variables;
  std::vector<PlannedEdge> edges;
  bool all_different = false;

  // Names of the variables; live as long as they.
  std::vector<absl::string_view> Names() const {
    std::vector<absl::string_view> names;
    for (const PlannedVariable& variable : variables) names.push_back(variable.name);
    return names;
  }
};

// Errors, at fields of the request: LIMIT_EXCEEDED at "variables" and "edges";
// FIELD_REQUIRED, FIELD_INVALID (a name that is malformed or there twice), KIND_UNKNOWN,
// ID_MALFORMED, ENTITY_NOT_FOUND, FILTER_MALFORMED, LIMIT_EXCEEDED at
// "variables[i].<field>"; FIELD_REQUIRED, FIELD_INVALID (no such variable, with the
// nearest name), PREDICATE_UNKNOWN, LIMIT_EXCEEDED at "edges[i].<field>".
absl::StatusOr<PatternPlan> PlanPattern(
    const google::protobuf::RepeatedPtrField<v1::PatternVariable>& variables,
    const google::protobuf::RepeatedPtrField<v1::PatternEdge>& edges, bool all_different,
    const graph::View& view);

// The position of the name. Errors: FIELD_REQUIRED, FIELD_INVALID with the nearest name,
// at `field`.
absl::StatusOr<size_t> FindVariable(const std::vector<absl::string_view>& names,
                                    const std::string& name, absl::string_view field);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATTERN_PLAN_H_
