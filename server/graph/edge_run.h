#ifndef LABGRAPH_SERVER_GRAPH_EDGE_RUN_H_
#define LABGRAPH_SERVER_GRAPH_EDGE_RUN_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

// Entity and statement numbers as walks see them, in 32 bits; limits::kEntities and
// limits::kStatements make sure that they fit.
using Neighbor = uint32_t;
using EdgeStatement = uint32_t;

// Edges of one entity by one predicate in one direction, as walks see them: columns of
// equal length, ascending by neighbour, then statement. A view; whoever gives it says
// how long it lives.
struct EdgeRun {
  schema::PredicateNumber predicate = 0;
  const Neighbor* neighbors = nullptr;
  const EdgeStatement* statements = nullptr;
  const keys::FacetNumber* facets = nullptr;  // null: all have `facet`
  keys::FacetNumber facet = 0;
  size_t size = 0;

  keys::FacetNumber FacetAt(size_t i) const {
    return facets == nullptr ? facet : facets[i];
  }

  // The edges from `first` on, at most `count`. REQUIRES: first <= size.
  EdgeRun Sub(size_t first, size_t count = SIZE_MAX) const {
    return {predicate,
            neighbors + first,
            statements + first,
            facets == nullptr ? nullptr : facets + first,
            facet,
            std::min(count, size - first)};
  }
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_EDGE_RUN_H_
