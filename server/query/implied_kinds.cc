#include "server/query/implied_kinds.h"

namespace labgraph::query {
namespace {

using Kinds = absl::flat_hash_set<schema::KindNumber>;

// Whether everything that `allows` lets in is one of `kinds`.
template <typename Allows>
bool OnlyOf(const schema::Ontology& ontology, const Kinds& kinds, Allows allows) {
  for (const v1::Kind& definition : ontology.definitions().kinds()) {
    const schema::KindNumber kind = ontology.FindKind(definition.name())->number;
    if (allows(kind) && !kinds.contains(kind)) return false;
  }
  return true;
}

// Whether the far end of every edge of the selection is one of `kinds`.
bool Implies(const schema::Ontology& ontology, const EdgeSelection& selection,
             const Kinds& kinds) {
  for (const v1::Predicate& definition : ontology.definitions().predicates()) {
    const schema::Predicate& predicate =
        *ontology.FindPredicate(definition.name()).predicate;
    if (!predicate.is_relation()) continue;
    const bool out = selection.FollowsOut(predicate.number);
    const bool in = selection.FollowsIn(predicate.number);
    if (!out && !in) continue;
    const auto allows = [&](schema::KindNumber kind) {
      return (out && ontology.InRange(predicate, kind)) ||
             (in && ontology.InDomain(predicate, kind));
    };
    if (!OnlyOf(ontology, kinds, allows)) return false;
  }
  return true;
}

}  // namespace

void MarkImpliedKinds(const schema::Ontology& ontology, PatternPlan* plan) {
  for (const PlannedEdge& edge : plan->edges) {
    if (!edge.leads_away()) continue;
    const auto mark = [&](PlannedVariable* variable, const EdgeSelection& selection) {
      if (variable->kinds.empty() || variable->kinds_implied) return;
      variable->kinds_implied = Implies(ontology, selection, variable->kinds);
    };
    mark(&plan->variables[edge.to], edge.selection);
    mark(&plan->variables[edge.from], edge.selection.Reversed());
  }
}

}  // namespace labgraph::query
