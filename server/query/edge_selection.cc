#include "server/query/edge_selection.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"

namespace labgraph::query {
namespace {

using Numbers = std::vector<schema::PredicateNumber>;

void SortUnique(Numbers* numbers) {
  std::sort(numbers->begin(), numbers->end());
  numbers->erase(std::unique(numbers->begin(), numbers->end()), numbers->end());
}

absl::StatusOr<schema::PredicateRef> ResolveRelation(const schema::Ontology& ontology,
                                                     const std::string& name,
                                                     const std::string& field) {
  ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                   ontology.ResolvePredicate(name, field));
  if (!ref.predicate->is_relation()) {
    return errors::FieldInvalid(
        field, absl::StrCat("\"", name, "\" is a property; walks follow relations."));
  }
  return ref;
}

absl::Status AddNamed(const SelectionRequest& request, v1::Direction direction,
                      const schema::Ontology& ontology, EdgeSelection* selection) {
  for (int i = 0; i < request.predicates.size(); ++i) {
    ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                     ResolveRelation(ontology, request.predicates[i],
                                     absl::StrCat("predicates[", i, "]")));
    const schema::PredicateNumber number = ref.predicate->number;
    if (selection->Avoids(number)) continue;
    const bool both =
        direction == v1::DIRECTION_BOTH || ref.predicate->definition.symmetric();
    if (both || (direction == v1::DIRECTION_OUT) != ref.inverse) {
      selection->out.push_back(number);
    }
    if (both || (direction == v1::DIRECTION_IN) != ref.inverse) {
      selection->in.push_back(number);
    }
  }
  return absl::OkStatus();
}

void AddAll(v1::Direction direction, const schema::Ontology& ontology,
            EdgeSelection* selection) {
  selection->all_out = direction != v1::DIRECTION_IN;
  selection->all_in = direction != v1::DIRECTION_OUT;
  if (direction == v1::DIRECTION_BOTH) return;
  for (const v1::Predicate& definition : ontology.definitions().predicates()) {
    if (!definition.symmetric()) continue;
    const schema::PredicateNumber number =
        ontology.FindPredicate(definition.name()).predicate->number;
    if (selection->Avoids(number)) continue;
    (selection->all_out ? selection->in : selection->out).push_back(number);
  }
}

}  // namespace

EdgeSelection EdgeSelection::Reversed() const {
  EdgeSelection reversed = *this;
  std::swap(reversed.all_out, reversed.all_in);
  std::swap(reversed.out, reversed.in);
  return reversed;
}

absl::StatusOr<std::vector<schema::PredicateNumber>> ResolveRelations(
    const google::protobuf::RepeatedPtrField<std::string>& names, absl::string_view field,
    const schema::Ontology& ontology) {
  Numbers numbers;
  for (int i = 0; i < names.size(); ++i) {
    ASSIGN_OR_RETURN(
        const schema::PredicateRef ref,
        ResolveRelation(ontology, names[i], absl::StrCat(field, "[", i, "]")));
    numbers.push_back(ref.predicate->number);
  }
  SortUnique(&numbers);
  return numbers;
}

absl::StatusOr<EdgeSelection> SelectEdges(const SelectionRequest& request,
                                          const schema::Ontology& ontology) {
  if (!v1::Direction_IsValid(request.direction)) {
    return errors::FieldInvalid(
        "direction",
        "Use DIRECTION_OUT, DIRECTION_IN or DIRECTION_BOTH, or leave it out.");
  }
  const v1::Direction direction = request.direction == v1::DIRECTION_UNSPECIFIED
                                      ? request.default_direction
                                      : request.direction;
  EdgeSelection selection;
  if (request.avoided != nullptr) {
    ASSIGN_OR_RETURN(selection.avoided,
                     ResolveRelations(*request.avoided, "avoid_predicates", ontology));
  }
  if (request.predicates.empty()) {
    AddAll(direction, ontology, &selection);
  } else {
    RETURN_IF_ERROR(AddNamed(request, direction, ontology, &selection));
  }
  SortUnique(&selection.out);
  SortUnique(&selection.in);
  return selection;
}

}  // namespace labgraph::query
