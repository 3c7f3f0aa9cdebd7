#include "client/cli/schema_rows.h"

#include <string>

#include "absl/strings/str_join.h"
#include "client/cli/words/enum_words.h"

namespace labgraph::cli {
namespace {

std::string YesOrEmpty(bool truth) { return truth ? "yes" : ""; }

// The kinds of an object, or the type of a value.
std::string DescribeRange(const v1::Predicate& predicate) {
  if (predicate.value_type() != v1::VALUE_TYPE_UNSPECIFIED) {
    return Word(predicate.value_type());
  }
  return predicate.range().empty() ? "any" : absl::StrJoin(predicate.range(), ", ");
}

std::string DescribeDomain(const v1::Predicate& predicate) {
  return predicate.domain().empty() ? "any" : absl::StrJoin(predicate.domain(), ", ");
}

std::string DescribeRules(const v1::Predicate& predicate) {
  std::vector<std::string> rules;
  if (predicate.symmetric()) rules.push_back("symmetric");
  if (predicate.transitive()) rules.push_back("transitive");
  if (predicate.acyclic()) rules.push_back("acyclic");
  if (predicate.asymmetric()) rules.push_back("asymmetric");
  if (predicate.functional()) rules.push_back("functional");
  if (predicate.source_required()) rules.push_back("source_required");
  if (predicate.deprecated()) rules.push_back("deprecated");
  return absl::StrJoin(rules, ", ");
}

// A qualifier of no type takes a text.
std::string DescribeType(const v1::Qualifier& qualifier) {
  return Word(qualifier.value_type() == v1::VALUE_TYPE_UNSPECIFIED
                  ? v1::VALUE_TYPE_STRING
                  : qualifier.value_type());
}

}  // namespace

std::vector<Column> KindColumns() {
  return {{"name"},
          {"parent", Audience::kAll, /*optional=*/true},
          {"abstract", Audience::kAll, /*optional=*/true},
          {"deprecated", Audience::kAll, /*optional=*/true},
          {"label"},
          {"standard_term", Audience::kCsv},
          {"description", Audience::kAll, /*optional=*/true}};
}

Row KindRow(const v1::Kind& kind, const Languages& languages) {
  return {{kind.name(), Style::kId},          kind.parent(),
          YesOrEmpty(kind.abstract()),        YesOrEmpty(kind.deprecated()),
          languages.Pick(kind.labels()),      kind.standard_term(),
          languages.Pick(kind.descriptions())};
}

std::vector<Column> PredicateColumns() {
  return {{"name"},
          {"domain"},
          {"range"},
          {"inverse", Audience::kAll, /*optional=*/true},
          {"rules", Audience::kAll, /*optional=*/true},
          {"qualifiers", Audience::kCsv},
          {"allowed_values", Audience::kCsv},
          {"label"},
          {"inverse_label", Audience::kCsv},
          {"standard_term", Audience::kCsv},
          {"renamed_from", Audience::kCsv},
          {"description", Audience::kAll, /*optional=*/true}};
}

Row PredicateRow(const v1::Predicate& predicate, const Languages& languages) {
  return {{predicate.name(), Style::kId},
          DescribeDomain(predicate),
          DescribeRange(predicate),
          predicate.inverse(),
          DescribeRules(predicate),
          absl::StrJoin(predicate.qualifiers(), ", "),
          absl::StrJoin(predicate.allowed_values(), ", "),
          languages.Pick(predicate.labels()),
          languages.Pick(predicate.inverse_labels()),
          predicate.standard_term(),
          predicate.renamed_from(),
          languages.Pick(predicate.descriptions())};
}

std::vector<Column> QualifierColumns() {
  return {{"name"},
          {"type"},
          {"allowed_values", Audience::kAll, /*optional=*/true},
          {"label"},
          {"description", Audience::kAll, /*optional=*/true}};
}

Row QualifierRow(const v1::Qualifier& qualifier, const Languages& languages) {
  return {{qualifier.name(), Style::kId},
          DescribeType(qualifier),
          absl::StrJoin(qualifier.allowed_values(), ", "),
          languages.Pick(qualifier.labels()),
          languages.Pick(qualifier.descriptions())};
}

}  // namespace labgraph::cli
