#ifndef LABGRAPH_SERVER_QUERY_START_SOURCE_H_
#define LABGRAPH_SERVER_QUERY_START_SOURCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/edge_selection.h"
#include "server/query/join_tools.h"
#include "server/query/pattern_plan.h"
#include "server/query/row_counts.h"
#include "server/query/sorted_lists.h"

namespace labgraph::query {

// Something that has every entity a variable can stand for, read when no other variable
// says what it may be. A value.
class StartSource {
 public:
  // The sources that a variable of the plan has, at least one.
  static std::vector<StartSource> Of(const PatternPlan& plan, size_t variable);

  // How many rows it has, or `bound` when there are as many or more. `counts` counts rows
  // of the view. Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<uint64_t> Count(const graph::View& view, uint64_t bound,
                                 RowCounts& counts) const;

  // Its entities, ascending, each once; more than fit the variable, maybe. Those of the
  // first `max_rows` rows, or less when the budget ends it. REQUIRES: not all_numbers().
  // Errors: STORAGE_FAILED, STORAGE_CORRUPT.
  absl::StatusOr<std::vector<graph::Neighbor>> Read(const JoinTools& tools,
                                                    uint64_t max_rows = UINT64_MAX) const;

  // Whether it is simply every number that an entity may have: only for a variable that
  // nothing without edges fits.
  bool all_numbers() const { return type_ == Type::kNumbers; }
  // Whether all in it are of the variable's kinds.
  bool of_kinds() const { return type_ == Type::kKinds; }

  friend bool operator==(const StartSource&, const StartSource&) = default;

 private:
  enum class Type {
    kIds,         // those of the variable
    kKinds,       // all of its kinds
    kStatements,  // what has an edge that the selection follows
    kNumbers,
    kEntities,  // all there are
  };

  explicit StartSource(Type type) : type_(type) {}

  // Add what the rows with this prefix tell, at most `*rows_left`.
  absl::Status ReadEntities(const JoinTools& tools, const std::string& prefix,
                            uint64_t* rows_left, std::vector<graph::Neighbor>* out) const;
  absl::Status ReadStatements(const JoinTools& tools, const std::string& prefix,
                              uint64_t* rows_left,
                              std::vector<graph::Neighbor>* out) const;
  // The stretches of the keyspace of ids, or of statements by predicate, that it is.
  std::vector<std::string> Prefixes() const;
  // Predicates that the selection follows, either way.
  std::vector<schema::PredicateNumber> Predicates() const;

  Type type_;
  std::vector<graph::Neighbor> ids_;
  std::vector<schema::KindNumber> kinds_;
  EdgeSelection selection_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_START_SOURCE_H_
