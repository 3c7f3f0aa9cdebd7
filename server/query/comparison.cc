#include "server/query/comparison.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/status_macros.h"
#include "server/query/entity_conditions.h"
#include "server/query/statement_conditions.h"
#include "server/schema/checks.h"

namespace labgraph::query {
namespace {

absl::Status CheckLanguage(const Comparison& comparison, bool by_language,
                           const FilterSource& source) {
  if (comparison.name.size() == comparison.field.text.size()) return absl::OkStatus();
  const size_t position = comparison.field.position + comparison.name.size();
  if (!by_language) {
    return source.Wrong(position, absl::StrCat("expected a comparison, since \"",
                                               comparison.name, "\" has no languages."));
  }
  if (!schema::CheckLanguage(comparison.lang, "").ok()) {
    return source.Wrong(position + 1, "expected a language such as nl or pt-br.");
  }
  return absl::OkStatus();
}

absl::Status UnknownField(const Comparison& comparison, const schema::Ontology& ontology,
                          const FilterSource& source) {
  std::vector<absl::string_view> names;
  for (const EntityField& field : EntityFields()) names.push_back(field.name);
  for (const v1::Predicate& predicate : ontology.definitions().predicates()) {
    names.push_back(predicate.name());
    if (!predicate.inverse().empty()) names.push_back(predicate.inverse());
  }
  const std::string nearest = schema::Nearest(comparison.name, names);
  return source.Wrong(
      comparison.field.position,
      absl::StrCat(
          "expected a field, and \"", comparison.name,
          "\" is neither one of every entity nor a predicate of the schema.",
          nearest.empty() ? "" : absl::StrCat(" Did you mean \"", nearest, "\"?")));
}

}  // namespace

absl::StatusOr<Condition> CompileComparison(const Comparison& comparison,
                                            const schema::Ontology& ontology,
                                            const FilterSource& source) {
  if (comparison.comparator != Comparator::kHas &&
      comparison.value.Is(FilterToken::Type::kWord, "*")) {
    return source.Wrong(comparison.value.position,
                        absl::StrCat("expected a value; \"", comparison.field.text,
                                     ":*\" asks whether there is any."));
  }
  for (const EntityField& field : EntityFields()) {
    if (field.name != comparison.name) continue;
    RETURN_IF_ERROR(CheckLanguage(comparison, field.by_language, source));
    return field.compile(comparison, ontology, source);
  }
  const schema::PredicateRef ref = ontology.FindPredicate(comparison.name);
  if (ref.predicate == nullptr) return UnknownField(comparison, ontology, source);
  const bool by_language = ref.predicate->definition.value_type() == v1::VALUE_TYPE_TEXT;
  RETURN_IF_ERROR(CheckLanguage(comparison, by_language, source));
  return ref.predicate->is_relation()
             ? CompileRelation(comparison, ref, ontology, source)
             : CompileProperty(comparison, *ref.predicate, source);
}

}  // namespace labgraph::query
