#ifndef LABGRAPH_MATCH_H_
#define LABGRAPH_MATCH_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "labgraph/connection.h"
#include "labgraph/pattern.h"
#include "labgraph/read_modifiers.h"
#include "labgraph/summary_range.h"

namespace labgraph::client {

using MatchRange = SummaryRange<v1::PatternRow, v1::MatchPatternSummary>;

// Asks for every way to put entities in the place of a pattern's variables:
//
//   Match(Pattern("lab").Out("targets").To("crime").Kinds("crime_phenomenon"))
//       .ValidAt("2023-01-01")
//       .Run(connection)
//
// A row has its entities in the order in which the pattern names its variables first:
// here entities(0) is the lab and entities(1) the crime. Copyable; Run may be called any
// number of times. Not thread-safe.
class Match : public ReadModifiers<Match> {
 public:
  // A mistake in the pattern is given by Build and Run.
  explicit Match(const Pattern& pattern);

  // What a row carries; by default the records of the entities.
  Match& IdsOnly() { return View(v1::ENTITY_VIEW_IDS); }
  Match& View(v1::EntityView view);
  // Every row carries a statement for each edge of one hop, in the order of the edges.
  Match& WithStatements();
  // No rows, only the summary: see MatchRange::Finish.
  Match& CountOnly();
  // At most this many rows, at least 1.
  Match& Limit(uint64_t rows);
  // Look at no more than this many statements, at least 1.
  Match& MaxVisited(uint64_t statements);

  // The request, or INVALID_ARGUMENT for the first mistake.
  absl::StatusOr<v1::MatchPatternRequest> Build() const;

  // Matches. The range asks nothing before its first element is wanted.
  MatchRange Run(std::shared_ptr<Connection> connection) const;

 private:
  v1::MatchPatternRequest request_;
  absl::Status mistake_;  // the first one
};

}  // namespace labgraph::client

#endif  // LABGRAPH_MATCH_H_
