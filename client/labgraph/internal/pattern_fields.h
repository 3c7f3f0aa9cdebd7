#ifndef LABGRAPH_INTERNAL_PATTERN_FIELDS_H_
#define LABGRAPH_INTERNAL_PATTERN_FIELDS_H_

#include "labgraph/pattern.h"

namespace labgraph::client::internal {

// Gives a request the pattern; `Request` has its fields by their usual names.
template <typename Request>
void SetPattern(const Pattern& pattern, Request& request) {
  request.mutable_variables()->Assign(pattern.variables().begin(),
                                      pattern.variables().end());
  request.mutable_edges()->Assign(pattern.edges().begin(), pattern.edges().end());
  request.set_all_different(pattern.all_different());
}

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_PATTERN_FIELDS_H_
