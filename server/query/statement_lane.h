#ifndef LABGRAPH_SERVER_QUERY_STATEMENT_LANE_H_
#define LABGRAPH_SERVER_QUERY_STATEMENT_LANE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/optional.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/graph/view.h"

namespace labgraph::query {

// One pattern that a statement may fit: numbers, absent for any.
struct StatementPattern {
  absl::optional<schema::PredicateNumber> predicate;
  bool symmetric = false;  // subject and object may be exchanged
  absl::optional<keys::EntityNumber> subject;
  absl::optional<keys::EntityNumber> object;

  bool Matches(const graph::StatementRecord& record) const;
};

// One stretch of one index that holds candidates for a pattern.
struct StatementLane {
  kv::Keyspace keyspace;
  std::string prefix;
  // For kOut and kIn: what EdgeScan needs.
  keys::EntityNumber node = 0;
  absl::optional<schema::PredicateNumber> predicate = absl::nullopt;
};

// The lanes that together hold every statement of the patterns, through the most
// selective index that the patterns and the source allow.
std::vector<StatementLane> PlanLanes(const std::vector<StatementPattern>& patterns,
                                     absl::optional<keys::EntityNumber> source,
                                     const schema::Ontology& ontology);

// Calls `visit` for the statements of a lane in order, after the one whose key is `after`
// (empty: from the first), until it gives false or an error.
using LaneVisitor = absl::FunctionRef<absl::StatusOr<bool>(
    keys::StatementNumber statement, absl::string_view key)>;
absl::Status VisitLane(const graph::View& view, const StatementLane& lane,
                       const std::string& after, LaneVisitor visit);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_STATEMENT_LANE_H_
