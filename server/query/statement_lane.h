#ifndef LABGRAPH_SERVER_QUERY_STATEMENT_LANE_H_
#define LABGRAPH_SERVER_QUERY_STATEMENT_LANE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/graph/view.h"
#include "server/query/statement_header.h"

namespace labgraph::query {

// One pattern that a statement may fit: numbers, absent for any.
struct StatementPattern {
  absl::optional<schema::PredicateNumber> predicate;
  // Of the predicates that fit, those whose subject and object may be exchanged;
  // ascending.
  std::vector<schema::PredicateNumber> symmetric;
  absl::optional<keys::EntityNumber> subject;
  absl::optional<keys::EntityNumber> object;

  bool Matches(const StatementHeader& statement) const;
};

// One stretch of one index that holds candidates for a pattern.
struct StatementLane {
  kv::Keyspace keyspace;
  std::string prefix;
  // For kOut and kIn: what EdgeScan needs.
  keys::EntityNumber node = 0;
  absl::optional<schema::PredicateNumber> predicate = absl::nullopt;
  // Only edges to this one; with a predicate alone, whose edges are by neighbour.
  absl::optional<keys::EntityNumber> neighbor = absl::nullopt;
};

// The lanes that together hold every statement of the patterns, through the most
// selective index that the patterns and the source allow.
std::vector<StatementLane> PlanLanes(const std::vector<StatementPattern>& patterns,
                                     absl::optional<keys::EntityNumber> source);

// Whether a statement of this lane may be in one before it, too: a relation from an
// entity to itself stands in its lanes out and in.
bool MayRepeat(const std::vector<StatementLane>& lanes, size_t lane);
// Whether it is.
bool InEarlierLane(const std::vector<StatementLane>& lanes, size_t lane,
                   const StatementHeader& statement);

// A statement as its lane tells of it; lives until the visitor returns.
struct LaneEntry {
  keys::StatementNumber statement = 0;
  absl::string_view key;
  keys::FacetNumber facet = 0;
  absl::optional<StatementHeader> header;  // where the lane has all of it

  // The header, read where the lane does not have it. Errors: STORAGE_FAILED,
  // STORAGE_CORRUPT.
  absl::StatusOr<absl::optional<StatementHeader>> ReadHeader(
      const graph::RecordReader& records) const;
};

// Calls `visit` for the statements of a lane in order, after the one whose key is `after`
// (empty: from the first), until it gives false or an error. Errors: those of `visit`;
// PAGE_TOKEN_INVALID for an `after` of another list; STORAGE_FAILED, STORAGE_CORRUPT.
using LaneVisitor = absl::FunctionRef<absl::StatusOr<bool>(const LaneEntry& entry)>;
absl::Status VisitLane(const graph::View& view, const StatementLane& lane,
                       const std::string& after, LaneVisitor visit);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_STATEMENT_LANE_H_
