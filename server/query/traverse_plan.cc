#include "server/query/traverse_plan.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/query/plan_checks.h"

namespace labgraph::query {
namespace {

absl::StatusOr<PlannedStep> PlanStep(const v1::TraverseStep& step,
                                     const schema::Ontology& ontology) {
  PlannedStep plan;
  ASSIGN_OR_RETURN(plan.edges, SelectEdges({.direction = step.direction(),
                                            .default_direction = v1::DIRECTION_OUT,
                                            .predicates = step.predicates()},
                                           ontology));
  ASSIGN_OR_RETURN(plan.kinds, ResolveKinds(step.kinds(), ontology));
  ASSIGN_OR_RETURN(const HopRange hops, PlanHops(step));
  plan.min_hops = hops.min;
  plan.max_hops = hops.max;
  ASSIGN_OR_RETURN(plan.where, Filter::Parse(step.where(), ontology, "where"));
  return plan;
}

absl::Status PlanSteps(const v1::TraverseRequest& request,
                       const schema::Ontology& ontology,
                       std::vector<PlannedStep>* plans) {
  if (static_cast<uint64_t>(request.steps_size()) > limits::kSteps.value) {
    return errors::LimitExceeded("steps", limits::kSteps, request.steps_size());
  }
  for (int i = 0; i < request.steps_size(); ++i) {
    absl::StatusOr<PlannedStep> plan = PlanStep(request.steps(i), ontology);
    if (!plan.ok()) return AtField(plan.status(), absl::StrCat("steps[", i, "]"));
    plans->push_back(*std::move(plan));
  }
  if (plans->empty()) {
    ASSIGN_OR_RETURN(PlannedStep plan, PlanStep(v1::TraverseStep(), ontology));
    plans->push_back(std::move(plan));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TraversePlan> PlanTraverse(const v1::TraverseRequest& request,
                                          const graph::View& view) {
  TraversePlan plan;
  plan.count_only = request.count_only();
  plan.ids_only = request.view() == v1::ENTITY_VIEW_IDS;
  plan.include_paths = request.include_paths() && !request.count_only();
  plan.include_intermediate = request.include_intermediate();
  plan.dated = !request.read().valid_at().empty();
  ASSIGN_OR_RETURN(
      plan.max_hits,
      ValueWithin(request.max_hits(), plan.count_only ? UINT64_MAX : limits::kDefaultHits,
                  limits::kHits, "max_hits"));
  ASSIGN_OR_RETURN(plan.max_visited,
                   ValueWithin(request.max_visited(), limits::kDefaultVisited,
                               limits::kVisited, "max_visited"));
  RETURN_IF_ERROR(PlanSteps(request, view.ontology(), &plan.steps));
  ASSIGN_OR_RETURN(plan.start, ResolveEnds(request.start(), view.records(), "start"));
  return plan;
}

}  // namespace labgraph::query
