#ifndef LABGRAPH_TESTS_UNIT_GRAPH_CRIME_SCHEMA_H_
#define LABGRAPH_TESTS_UNIT_GRAPH_CRIME_SCHEMA_H_

namespace labgraph::graph {

// A schema with every sort of predicate.
inline constexpr char kCrimeSchema[] = R"pb(
  kinds { name: "organisation" abstract: true }
  kinds { name: "lab" parent: "organisation" }
  kinds { name: "team" parent: "organisation" }
  kinds { name: "person" }
  kinds { name: "document" }
  kinds { name: "fax" deprecated: true }
  predicates {
    name: "part_of"
    domain: "organisation"
    range: "organisation"
    inverse: "has_part"
    acyclic: true
    qualifiers: "weight"
    qualifiers: "based_on"
  }
  predicates {
    name: "works_with"
    domain: "organisation"
    range: "organisation"
    symmetric: true
    qualifiers: "weight"
  }
  predicates {
    name: "led_by"
    domain: "lab"
    range: "person"
    inverse: "leads"
    functional: true
  }
  predicates {
    name: "married_to"
    domain: "person"
    range: "person"
    symmetric: true
    functional: true
  }
  predicates { name: "reports_to" domain: "person" range: "person" asymmetric: true }
  predicates { name: "faxed" deprecated: true }
  predicates { name: "uses" source_required: true }
  predicates {
    name: "capacity"
    domain: "lab"
    value_type: VALUE_TYPE_INTEGER
    functional: true
  }
  predicates {
    name: "status"
    value_type: VALUE_TYPE_STRING
    allowed_values: "open"
    allowed_values: "closed"
  }
  predicates { name: "corrects" value_type: VALUE_TYPE_STATEMENT }
  predicates { name: "note" value_type: VALUE_TYPE_STRING }
  qualifiers { name: "weight" allowed_values: "main" allowed_values: "minor" }
  qualifiers { name: "based_on" value_type: VALUE_TYPE_STATEMENT }
  qualifiers { name: "unused" }
)pb";

}  // namespace labgraph::graph

#endif  // LABGRAPH_TESTS_UNIT_GRAPH_CRIME_SCHEMA_H_
