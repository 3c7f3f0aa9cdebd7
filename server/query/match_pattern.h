#ifndef LABGRAPH_SERVER_QUERY_MATCH_PATTERN_H_
#define LABGRAPH_SERVER_QUERY_MATCH_PATTERN_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "labgraph/v1/pattern.pb.h"
#include "server/graph/view.h"
#include "server/query/budget.h"
#include "server/query/expander.h"
#include "server/query/pattern_plan.h"

namespace labgraph::query {

// A MatchPatternRequest, checked and resolved against the view it will run on. A value.
struct MatchPlan {
  PatternPlan pattern;
  bool include_statements = false;
  bool count_only = false;
  uint64_t max_rows = 0;
  uint64_t max_visited = 0;
};

// Errors: those of PlanPattern; LIMIT_EXCEEDED at "max_rows" and "max_visited".
absl::StatusOr<MatchPlan> PlanMatch(const v1::MatchPatternRequest& request,
                                    const graph::View& view);

// One match. What it views lives until the sink returns.
struct MatchRow {
  absl::Span<const graph::Neighbor> entities;  // by position of variable
  // With include_statements, by position of edge: the statement with the lowest number
  // that holds; 0 for an edge that is not a single hop.
  absl::Span<const keys::StatementNumber> statements;
};

// Takes matches as they are found.
class MatchRowSink {
 public:
  virtual ~MatchRowSink() = default;
  // An error ends the match, which returns it.
  virtual absl::Status Take(const MatchRow& row) = 0;
};

// Finds every way to put entities in the place of the variables so that all edges hold,
// each way once, as MatchPatternRequest describes. `plan` was made for `view`; `budget`
// was made with the plan's limits and is not used for anything else. With count_only
// there are no rows, and `sink` may be null.
//
// A match that its budget ends gives what it found until then and says why in the
// summary. Errors: CANCELLED; STORAGE_FAILED, STORAGE_CORRUPT; those of the sink.
absl::StatusOr<v1::MatchPatternSummary> MatchPattern(const MatchPlan& plan,
                                                     graph::View& view,
                                                     Expander& expander, Budget& budget,
                                                     MatchRowSink* sink);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_MATCH_PATTERN_H_
