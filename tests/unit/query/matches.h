#ifndef LABGRAPH_TESTS_UNIT_QUERY_MATCHES_H_
#define LABGRAPH_TESTS_UNIT_QUERY_MATCHES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "labgraph/v1/pattern.pb.h"
#include "server/query/match_pattern.h"
#include "tests/unit/query/test_graph.h"
#include "tests/unit/query/walks.h"

namespace labgraph::query {

// A MatchRow that owns what it has.
struct OwnedRow {
  std::vector<keys::EntityNumber> entities;
  std::vector<keys::StatementNumber> statements;
};

struct MatchAnswer {
  std::vector<OwnedRow> rows;
  v1::MatchPatternSummary summary;
};

// Plans and runs, as a server would.
absl::StatusOr<MatchAnswer> RunMatch(const TestGraph& graph,
                                     const v1::MatchPatternRequest& request,
                                     Poll poll = nullptr);

absl::StatusOr<v1::AggregateResponse> RunAggregate(const TestGraph& graph,
                                                   const v1::AggregateRequest& request,
                                                   Poll poll = nullptr);

// The plan's error alone.
absl::Status CheckMatch(const TestGraph& graph, const v1::MatchPatternRequest& request);
absl::Status CheckAggregate(const TestGraph& graph, const v1::AggregateRequest& request);

}  // namespace labgraph::query

#endif  // LABGRAPH_TESTS_UNIT_QUERY_MATCHES_H_
