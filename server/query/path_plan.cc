#include "server/query/path_plan.h"

#include <algorithm>

#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/query/plan_checks.h"

namespace labgraph::query {
namespace {

absl::Status PlanMode(const v1::FindPathsRequest& request, PathPlan* plan) {
  if (!v1::PathMode_IsValid(request.mode())) {
    return errors::FieldInvalid(
        "mode",
        "Use PATH_MODE_SHORTEST, PATH_MODE_ALL_SHORTEST, PATH_MODE_K_SHORTEST or "
        "PATH_MODE_ALL_SIMPLE, or leave it out.");
  }
  if (request.mode() != v1::PATH_MODE_UNSPECIFIED) plan->mode = request.mode();
  plan->dated = !request.read().valid_at().empty();
  return absl::OkStatus();
}

absl::Status PlanNumbers(const v1::FindPathsRequest& request, PathPlan* plan) {
  ASSIGN_OR_RETURN(const uint64_t max_hops,
                   ValueWithin(request.max_hops(), limits::kDefaultPathHops,
                               limits::kHops, "max_hops"));
  plan->max_hops = static_cast<uint32_t>(max_hops);
  ASSIGN_OR_RETURN(plan->max_paths,
                   ValueWithin(request.max_paths(), limits::kDefaultPaths, limits::kPaths,
                               "max_paths"));
  ASSIGN_OR_RETURN(plan->max_visited,
                   ValueWithin(request.max_visited(), limits::kDefaultVisited,
                               limits::kVisited, "max_visited"));
  return absl::OkStatus();
}

absl::Status PlanBetween(const v1::FindPathsRequest& request,
                         const schema::Ontology& ontology, PathPlan* plan) {
  ASSIGN_OR_RETURN(plan->edges, SelectEdges({.direction = request.direction(),
                                             .default_direction = v1::DIRECTION_BOTH,
                                             .predicates = request.predicates(),
                                             .avoided = &request.avoid_predicates()},
                                            ontology));
  ASSIGN_OR_RETURN(plan->kinds, ResolveKinds(request.kinds(), ontology));
  ASSIGN_OR_RETURN(plan->where, Filter::Parse(request.where(), ontology, "where"));
  return absl::OkStatus();
}

absl::Status CheckRequired(const Strings& required, absl::string_view field) {
  const auto size = static_cast<uint64_t>(required.size());
  if (size <= limits::kRequired.value) return absl::OkStatus();
  return errors::LimitExceeded(field, limits::kRequired, size);
}

absl::Status PlanRequired(const v1::FindPathsRequest& request, const graph::View& view,
                          PathPlan* plan) {
  RETURN_IF_ERROR(CheckRequired(request.required_entities(), "required_entities"));
  RETURN_IF_ERROR(CheckRequired(request.required_predicates(), "required_predicates"));
  ASSIGN_OR_RETURN(plan->required_predicates,
                   ResolveRelations(request.required_predicates(), "required_predicates",
                                    view.ontology()));
  ASSIGN_OR_RETURN(
      plan->required_entities,
      ResolveEntities(request.required_entities(), view.records(), "required_entities"));
  return absl::OkStatus();
}

absl::Status PlanEnds(const v1::FindPathsRequest& request,
                      const graph::RecordReader& records, PathPlan* plan) {
  ASSIGN_OR_RETURN(plan->from, ResolveEnds(request.from(), records, "from"));
  ASSIGN_OR_RETURN(plan->to, ResolveEnds(request.to(), records, "to"));
  ASSIGN_OR_RETURN(plan->avoided,
                   ResolveEntities(request.avoid_entities(), records, "avoid_entities"));
  for (std::vector<keys::EntityNumber>* ends : {&plan->from, &plan->to}) {
    std::erase_if(*ends, [plan](keys::EntityNumber end) {
      return std::binary_search(plan->avoided.begin(), plan->avoided.end(), end);
    });
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PathPlan> PlanPaths(const v1::FindPathsRequest& request,
                                   const graph::View& view) {
  PathPlan plan;
  RETURN_IF_ERROR(PlanMode(request, &plan));
  RETURN_IF_ERROR(PlanNumbers(request, &plan));
  RETURN_IF_ERROR(PlanBetween(request, view.ontology(), &plan));
  RETURN_IF_ERROR(PlanEnds(request, view.records(), &plan));
  RETURN_IF_ERROR(PlanRequired(request, view, &plan));
  return plan;
}

}  // namespace labgraph::query
