#ifndef LABGRAPH_SERVER_QUERY_COMPARISON_H_
#define LABGRAPH_SERVER_QUERY_COMPARISON_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/query/filter_lexer.h"
#include "server/query/filter_node.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

enum class Comparator {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kHas
};

// `<field> <comparator> <value>` as written; the field split at its first dot.
struct Comparison {
  FilterToken field;
  std::string name;
  std::string lang;  // "nl" of "name.nl"; empty for none
  Comparator comparator = Comparator::kEqual;
  FilterToken value;

  // `:*`, which asks whether there is any value.
  bool asks_presence() const {
    return comparator == Comparator::kHas && value.Is(FilterToken::Type::kWord, "*");
  }
  bool has_order() const {
    return comparator != Comparator::kEqual && comparator != Comparator::kNotEqual &&
           comparator != Comparator::kHas;
  }
};

// Types the comparison by the schema: fields of every entity first, then predicates.
// Errors: FILTER_MALFORMED.
absl::StatusOr<Condition> CompileComparison(const Comparison& comparison,
                                            const schema::Ontology& ontology,
                                            const FilterSource& source);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_COMPARISON_H_
