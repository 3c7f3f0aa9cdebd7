#ifndef LABGRAPH_SEED_SCHEMA_OVERLAY_H_
#define LABGRAPH_SEED_SCHEMA_OVERLAY_H_

#include <string>

#include "labgraph/v1/schema.pb.h"

namespace labgraph::seed {

// `upper`, followed by the definitions of `lower` whose names it does not define. So
// indexes of `upper` stay what they are.
v1::Schema Overlay(const v1::Schema& upper, const v1::Schema& lower);

// Whether `schema` has a definition of that type ("kind", "predicate" or "qualifier") and
// name.
bool Defines(const v1::Schema& schema, const std::string& type, const std::string& name);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_SCHEMA_OVERLAY_H_
