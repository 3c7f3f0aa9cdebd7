#include "server/query/aggregate_plan.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

using Names = std::vector<absl::string_view>;

// What the keys of one request have in common.
struct KeyContext {
  const schema::Ontology& ontology;
  Names names;      // of variables, or of the ends of a statement
  bool statements;  // which of both
};

absl::Status CheckBy(v1::GroupBy by, const KeyContext& context) {
  if (by == v1::GROUP_BY_UNSPECIFIED) return errors::FieldRequired("by");
  if (!v1::GroupBy_IsValid(by)) {
    return errors::FieldInvalid(
        "by", absl::StrCat(static_cast<int>(by), " is not a value of GroupBy."));
  }
  if (by == v1::GROUP_BY_PREDICATE && !context.statements) {
    return errors::FieldInvalid("by",
                                "Matches of a pattern have no predicate; leave out the "
                                "variables to count statements.");
  }
  return absl::OkStatus();
}

absl::StatusOr<const schema::Predicate*> ResolveProperty(
    const v1::GroupKey& key, const schema::Ontology& ontology) {
  if (key.property().empty()) return errors::FieldRequired("property");
  ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                   ontology.ResolvePredicate(key.property(), "property"));
  if (ref.predicate->is_relation()) {
    return errors::FieldInvalid(
        "property",
        absl::StrCat("\"", key.property(),
                     "\" is a relation; make it an edge of the pattern to count by it."));
  }
  const bool dates = ref.predicate->definition.value_type() == v1::VALUE_TYPE_DATE;
  if (key.by() == v1::GROUP_BY_YEAR && !dates) {
    return errors::FieldInvalid("property",
                                absl::StrCat("\"", key.property(),
                                             "\" has no dates, and so no years; "
                                             "use GROUP_BY_PROPERTY."));
  }
  return ref.predicate;
}

// That a field which would have no effect is empty.
absl::Status CheckUnused(const std::string& value, absl::string_view field) {
  if (value.empty()) return absl::OkStatus();
  return errors::FieldInvalid(field, "It has no meaning with this `by`; leave it out.");
}

absl::StatusOr<PlannedKey> PlanKey(const v1::GroupKey& key, const KeyContext& context) {
  RETURN_IF_ERROR(CheckBy(key.by(), context));
  PlannedKey plan;
  plan.by = key.by();
  const bool of_statement =
      key.by() == v1::GROUP_BY_PREDICATE ||
      (key.by() == v1::GROUP_BY_YEAR && context.statements && key.variable().empty());
  if (of_statement) {
    RETURN_IF_ERROR(CheckUnused(key.variable(), "variable"));
  } else {
    ASSIGN_OR_RETURN(plan.entity,
                     FindVariable(context.names, key.variable(), "variable"));
  }
  if (of_statement || key.by() == v1::GROUP_BY_ID || key.by() == v1::GROUP_BY_KIND) {
    RETURN_IF_ERROR(CheckUnused(key.property(), "property"));
  } else {
    ASSIGN_OR_RETURN(plan.property, ResolveProperty(key, context.ontology));
  }
  return plan;
}

absl::Status PlanCounted(const v1::AggregateRequest& request, const graph::View& view,
                         AggregatePlan* plan) {
  if (request.variables().empty() && request.edges().empty()) {
    const v1::StatementSelection& selection = request.statements();
    absl::StatusOr<StatementQuestion> question =
        ResolveStatements(view, selection.subject(), selection.object(),
                          selection.predicates(), selection.source());
    if (!question.ok()) return AtField(question.status(), "statements");
    plan->statements = *std::move(question);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(plan->pattern, PlanPattern(request.variables(), request.edges(),
                                              request.all_different(), view));
  if (!request.has_statements()) return absl::OkStatus();
  return errors::FieldInvalid(
      "statements",
      "Either matches of variables or statements are counted; leave one of both out.");
}

}  // namespace

absl::StatusOr<AggregatePlan> PlanAggregate(const v1::AggregateRequest& request,
                                            const graph::View& view) {
  AggregatePlan plan;
  ASSIGN_OR_RETURN(plan.max_groups,
                   ValueWithin(request.max_groups(), limits::kDefaultGroups,
                               limits::kGroups, "max_groups"));
  ASSIGN_OR_RETURN(plan.max_visited,
                   ValueWithin(request.max_visited(), limits::kDefaultVisited,
                               limits::kVisited, "max_visited"));
  RETURN_IF_ERROR(PlanCounted(request, view, &plan));
  const bool statements = plan.statements.has_value();
  const KeyContext context{
      view.ontology(), statements ? Names{"subject", "object"} : plan.pattern->Names(),
      statements};
  if (static_cast<uint64_t>(request.group_by_size()) > limits::kGroupKeys.value) {
    return errors::LimitExceeded("group_by", limits::kGroupKeys, request.group_by_size());
  }
  for (int i = 0; i < request.group_by_size(); ++i) {
    absl::StatusOr<PlannedKey> key = PlanKey(request.group_by(i), context);
    const std::string field = absl::StrCat("group_by[", i, "]");
    if (!key.ok()) return AtField(key.status(), field);
    const auto same = std::find(plan.keys.begin(), plan.keys.end(), *key);
    if (same != plan.keys.end()) {
      return errors::FieldInvalid(
          field, absl::StrCat("It is the same as group_by[", same - plan.keys.begin(),
                              "]; leave it out."));
    }
    plan.keys.push_back(*std::move(key));
  }
  return plan;
}

}  // namespace labgraph::query
