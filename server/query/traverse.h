#ifndef LABGRAPH_SERVER_QUERY_TRAVERSE_H_
#define LABGRAPH_SERVER_QUERY_TRAVERSE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/query/budget.h"
#include "server/query/expander.h"
#include "server/query/traverse_plan.h"

namespace labgraph::query {

// One entity that a traversal gives.
struct Hit {
  keys::EntityNumber entity = 0;
  uint32_t depth = 0;  // hops from the start, over all steps
  uint32_t step = 0;   // from 0
  // Of the last hop and on the other side of it; 0 for a start, and where the plan asks
  // for ids only and not for paths or a day.
  keys::StatementNumber statement = 0;
  keys::EntityNumber from = 0;
  v1::Certainty certainty = v1::CERTAINTY_UNSPECIFIED;
  // With include_paths: every statement from the start, in order. Lives until the sink
  // returns.
  absl::Span<const keys::StatementNumber> path;
};

// Takes hits as they are found.
class HitSink {
 public:
  virtual ~HitSink() = default;
  // An error ends the traversal, which returns it.
  virtual absl::Status Take(const Hit& hit) = 0;
};

// Walks the graph breadth-first as TraverseRequest describes. `plan` was made for `view`;
// `budget` was made with the plan's limits and is not used for anything else. Hits go to
// `sink` by step, then depth; with count_only none does, and `sink` may be null.
//
// An entity belongs to a step at its level: the fewest hops, along the step's edges that
// count for the view, from a start of the step other than itself (with min_hops 0 the
// starts are at level 0 and nowhere else). It is a hit if its level is within min_hops
// and max_hops and it passes kinds and where. Of several ways of that many hops, the one
// given has the least depth over all steps, then the most certain statements, then comes
// from the best such entity before, then the lowest one.
//
// A traversal that its budget ends gives what it found until then and says why in the
// summary. Errors: CANCELLED; STORAGE_FAILED, STORAGE_CORRUPT; those of the sink.
absl::StatusOr<v1::TraverseSummary> Traverse(const TraversePlan& plan, graph::View& view,
                                             Expander& expander, Budget& budget,
                                             HitSink* sink);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_TRAVERSE_H_
