#include "server/query/pattern_plan.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/query/implied_kinds.h"
#include "server/schema/checks.h"

namespace labgraph::query {
namespace {

using Variables = std::vector<PlannedVariable>;

absl::Status CheckName(const std::string& name, const Variables& others) {
  if (name.empty()) return errors::FieldRequired("name");
  if (name.size() > limits::kSchemaNameBytes.value) {
    return errors::LimitExceeded("name", limits::kSchemaNameBytes, name.size());
  }
  const auto fits = [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
  };
  if (!absl::c_all_of(name, fits)) {
    return errors::FieldInvalid("name",
                                "The name of a variable has characters of a-z, 0-9 and "
                                "'_', for example \"lab\".");
  }
  for (size_t i = 0; i < others.size(); ++i) {
    if (others[i].name != name) continue;
    return errors::FieldInvalid(
        "name", absl::StrCat("variables[", i, "] is named \"", name,
                             "\" already; give each variable a name of its own."));
  }
  return absl::OkStatus();
}

absl::StatusOr<PlannedVariable> PlanVariable(const v1::PatternVariable& variable,
                                             const Variables& others,
                                             const graph::View& view) {
  PlannedVariable plan;
  RETURN_IF_ERROR(CheckName(variable.name(), others));
  plan.name = variable.name();
  ASSIGN_OR_RETURN(plan.kinds, ResolveKinds(variable.kinds(), view.ontology()));
  ASSIGN_OR_RETURN(const std::vector<keys::EntityNumber> ids,
                   ResolveEntities(variable.ids(), view.records(), "ids"));
  plan.ids.assign(ids.begin(), ids.end());
  ASSIGN_OR_RETURN(plan.where, Filter::Parse(variable.where(), view.ontology(), "where"));
  return plan;
}

absl::StatusOr<PlannedEdge> PlanEdge(const v1::PatternEdge& edge,
                                     const std::vector<absl::string_view>& names,
                                     const schema::Ontology& ontology) {
  PlannedEdge plan;
  ASSIGN_OR_RETURN(plan.from, FindVariable(names, edge.from(), "from"));
  ASSIGN_OR_RETURN(plan.to, FindVariable(names, edge.to(), "to"));
  if (plan.from == plan.to) {
    return errors::FieldInvalid(
        "to", absl::StrCat("an edge leads from one variable to another, and \"",
                           edge.to(), "\" stands at both ends."));
  }
  ASSIGN_OR_RETURN(plan.selection, SelectEdges({.direction = edge.direction(),
                                                .default_direction = v1::DIRECTION_OUT,
                                                .predicates = edge.predicates()},
                                               ontology));
  ASSIGN_OR_RETURN(plan.hops, PlanHops(edge));
  return plan;
}

// Calls `plan_one` for each item and completes the fields of its errors.
template <typename Items, typename PlanOne>
absl::Status PlanAll(const Items& items, const limits::Limit& limit,
                     absl::string_view field, PlanOne plan_one) {
  if (static_cast<uint64_t>(items.size()) > limit.value) {
    return errors::LimitExceeded(field, limit, items.size());
  }
  for (int i = 0; i < items.size(); ++i) {
    RETURN_IF_ERROR(AtField(plan_one(items[i]), absl::StrCat(field, "[", i, "]")));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<size_t> FindVariable(const std::vector<absl::string_view>& names,
                                    const std::string& name, absl::string_view field) {
  if (name.empty()) return errors::FieldRequired(field);
  const auto it = std::find(names.begin(), names.end(), name);
  if (it != names.end()) return static_cast<size_t>(it - names.begin());
  const std::string nearest = schema::Nearest(name, names);
  return errors::FieldInvalid(
      field,
      absl::StrCat("there is no variable \"", name, "\"; ",
                   nearest.empty()
                       ? absl::StrCat("the names are ", absl::StrJoin(names, ", "), ".")
                       : absl::StrCat("did you mean \"", nearest, "\"?")));
}

absl::StatusOr<PatternPlan> PlanPattern(
    const google::protobuf::RepeatedPtrField<v1::PatternVariable>& variables,
    const google::protobuf::RepeatedPtrField<v1::PatternEdge>& edges, bool all_different,
    const graph::View& view) {
  PatternPlan plan;
  plan.all_different = all_different;
  if (variables.empty()) return errors::FieldRequired("variables");
  RETURN_IF_ERROR(PlanAll(variables, limits::kPatternVariables, "variables",
                          [&](const v1::PatternVariable& variable) -> absl::Status {
                            ASSIGN_OR_RETURN(
                                PlannedVariable planned,
                                PlanVariable(variable, plan.variables, view));
                            plan.variables.push_back(std::move(planned));
                            return absl::OkStatus();
                          }));
  const std::vector<absl::string_view> names = plan.Names();
  RETURN_IF_ERROR(PlanAll(edges, limits::kPatternEdges, "edges",
                          [&](const v1::PatternEdge& edge) -> absl::Status {
                            ASSIGN_OR_RETURN(PlannedEdge planned,
                                             PlanEdge(edge, names, view.ontology()));
                            plan.edges.push_back(std::move(planned));
                            return absl::OkStatus();
                          }));
  MarkImpliedKinds(view.ontology(), &plan);
  return plan;
}

}  // namespace labgraph::query
