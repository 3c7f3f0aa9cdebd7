#ifndef LABGRAPH_SERVER_QUERY_FILTER_MATCHER_H_
#define LABGRAPH_SERVER_QUERY_FILTER_MATCHER_H_

#include "absl/status/statusor.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/query/candidate.h"
#include "server/query/filter.h"

namespace labgraph::query {

// Asks one filter about many entities of one view; looks up the ids in it once. Not
// thread-safe.
class FilterMatcher {
 public:
  // `view` must outlive this.
  FilterMatcher(Filter filter, graph::View* view)
      : filter_(std::move(filter)), candidate_(view) {}

  // As Filter::Matches.
  absl::StatusOr<bool> Matches(keys::EntityNumber entity);

 private:
  const Filter filter_;
  Candidate candidate_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_FILTER_MATCHER_H_
