#include "server/query/statement_conditions.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "server/base/status_macros.h"
#include "server/graph/edge_scan.h"
#include "server/query/entity_conditions.h"
#include "server/query/property_statements.h"
#include "server/query/value_test.h"

namespace labgraph::query {
namespace {

// `test` null asks whether there is any value.
absl::StatusOr<bool> AnyValue(Candidate& candidate, schema::PredicateNumber property,
                              const ValueTest& test) {
  graph::View& view = candidate.view();
  bool found = false;
  RETURN_IF_ERROR(VisitProperty(
      view, candidate.number(), property,
      [&](keys::StatementNumber statement) -> absl::StatusOr<bool> {
        found = test == nullptr;
        if (found) return false;
        ASSIGN_OR_RETURN(const absl::optional<graph::StatementRecord> record,
                         view.records().ReadStatement(statement));
        found = record.has_value() && test(record->statement.value());
        return !found;
      }));
  return found;
}

ValueTest InLanguage(const std::string& lang) {
  return [lang](const google::protobuf::Value& value) {
    return value.struct_value().fields().contains(lang);
  };
}

// How a relation is read from an entity.
struct Reading {
  schema::PredicateNumber predicate;
  std::vector<graph::EdgeDirection> directions;
};

Reading ReadingOf(const schema::PredicateRef& relation) {
  using graph::EdgeDirection;
  Reading reading{relation.predicate->number, {}};
  const bool symmetric = relation.predicate->definition.symmetric();
  if (symmetric || !relation.inverse) reading.directions.push_back(EdgeDirection::kOut);
  if (symmetric || relation.inverse) reading.directions.push_back(EdgeDirection::kIn);
  return reading;
}

// Whether an edge counts that leads to `target`, or anywhere where that is absent.
absl::StatusOr<bool> HasEdge(Candidate& candidate, const Reading& reading,
                             absl::optional<keys::EntityNumber> target) {
  graph::View& view = candidate.view();
  for (const graph::EdgeDirection direction : reading.directions) {
    graph::EdgeScan scan =
        view.records().Edges(direction, candidate.number(), reading.predicate);
    if (target.has_value()) {
      scan.StartAt({candidate.number(), reading.predicate, *target, 0});
    }
    bool beyond = false;
    while (!beyond && scan.NextRun()) {
      for (const keys::Edge& edge : scan.edges()) {
        beyond = target.has_value() && edge.neighbor != *target;
        if (beyond) break;
        if (view.verdicts().Passes(edge.facet)) return true;
      }
    }
    RETURN_IF_ERROR(scan.status());
  }
  return false;
}

absl::StatusOr<bool> LeadsTo(Candidate& candidate, const Reading& reading,
                             const std::string& id) {
  ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> target, candidate.Find(id));
  if (!target.has_value()) return false;
  return HasEdge(candidate, reading, target);
}

}  // namespace

absl::StatusOr<Condition> CompileProperty(const Comparison& comparison,
                                          const schema::Predicate& property,
                                          const FilterSource& source) {
  ValueTest present;
  if (!comparison.lang.empty()) present = InLanguage(comparison.lang);
  ValueTest test = present;
  if (!comparison.asks_presence()) {
    ASSIGN_OR_RETURN(test, MakeValueTest(property.definition, comparison, source));
  }
  const schema::PredicateNumber number = property.number;
  if (comparison.comparator != Comparator::kNotEqual) {
    return Condition{FilterCost::kStatements, [=](Candidate& candidate) {
                       return AnyValue(candidate, number, test);
                     }};
  }
  return Condition{
      FilterCost::kStatements, [=](Candidate& candidate) -> absl::StatusOr<bool> {
        ASSIGN_OR_RETURN(const bool equal, AnyValue(candidate, number, test));
        if (equal) return false;
        return AnyValue(candidate, number, present);
      }};
}

absl::StatusOr<Condition> CompileRelation(const Comparison& comparison,
                                          const schema::PredicateRef& relation,
                                          const schema::Ontology& ontology,
                                          const FilterSource& source) {
  const Reading reading = ReadingOf(relation);
  if (comparison.asks_presence()) {
    return Condition{FilterCost::kStatements, [=](Candidate& candidate) {
                       return HasEdge(candidate, reading, absl::nullopt);
                     }};
  }
  if (comparison.has_order()) {
    return source.Wrong(
        comparison.field.position,
        absl::StrCat("\"", comparison.field.text,
                     "\" is a relation, which has no order; use =, != or :."));
  }
  RETURN_IF_ERROR(CheckEntityId(comparison, ontology, source));
  const std::string& id = comparison.value.text;
  if (comparison.comparator != Comparator::kNotEqual) {
    return Condition{FilterCost::kStatements, [=](Candidate& candidate) {
                       return LeadsTo(candidate, reading, id);
                     }};
  }
  return Condition{FilterCost::kStatements,
                   [=](Candidate& candidate) -> absl::StatusOr<bool> {
                     ASSIGN_OR_RETURN(const bool there, LeadsTo(candidate, reading, id));
                     if (there) return false;
                     return HasEdge(candidate, reading, absl::nullopt);
                   }};
}

}  // namespace labgraph::query
