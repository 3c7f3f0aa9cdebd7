#include "seed/schema_overlay.h"

#include <algorithm>

namespace labgraph::seed {
namespace {

template <typename Definitions>
bool Has(const Definitions& definitions, const std::string& name) {
  return std::any_of(definitions.begin(), definitions.end(),
                     [&](const auto& definition) { return definition.name() == name; });
}

template <typename Definitions>
void AddMissing(const Definitions& lower, Definitions* all) {
  const Definitions upper = *all;
  for (const auto& definition : lower) {
    if (!Has(upper, definition.name())) *all->Add() = definition;
  }
}

}  // namespace

v1::Schema Overlay(const v1::Schema& upper, const v1::Schema& lower) {
  v1::Schema all = upper;
  AddMissing(lower.kinds(), all.mutable_kinds());
  AddMissing(lower.predicates(), all.mutable_predicates());
  AddMissing(lower.qualifiers(), all.mutable_qualifiers());
  return all;
}

bool Defines(const v1::Schema& schema, const std::string& type, const std::string& name) {
  if (type == "kind") return Has(schema.kinds(), name);
  if (type == "predicate") return Has(schema.predicates(), name);
  return Has(schema.qualifiers(), name);
}

}  // namespace labgraph::seed
