#ifndef LABGRAPH_SERVER_QUERY_PATTERN_JOIN_H_
#define LABGRAPH_SERVER_QUERY_PATTERN_JOIN_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "server/query/join_order.h"
#include "server/query/join_tools.h"
#include "server/query/list_arena.h"
#include "server/query/marked_list.h"
#include "server/query/neighbor_lists.h"
#include "server/query/pattern_plan.h"
#include "server/query/sorted_lists.h"
#include "server/query/variable_test.h"

namespace labgraph::query {

// Takes matches as they are found.
class MatchSink {
 public:
  virtual ~MatchSink() = default;
  // `entities`, by position of variable, are part of `count` matches, at least one; those
  // of variables that were only counted are 0. An error ends the match, which returns it.
  // UINT64_MAX stands for as many or more.
  virtual absl::Status Take(absl::Span<const graph::Neighbor> entities,
                            uint64_t count) = 0;
};

// Finds all matches of a pattern, one variable after another: the candidates of each are
// what the lists of the variables found before it have in common. No record is read but
// for conditions on kinds and properties. Used once; not thread-safe.
class PatternJoin {
 public:
  // All must outlive this.
  PatternJoin(const PatternPlan& plan, const JoinOrder& order, const JoinTools& tools,
              MatchSink* sink);

  // Gives every match once, in an order that is the same every time, until the end or
  // until the budget stops it. Errors: STORAGE_FAILED, STORAGE_CORRUPT, CANCELLED; those
  // of the sink.
  absl::Status Run();

 private:
  // What a step is at.
  struct StepState {
    StepState(VariableTest test) : test(std::move(test)) {}

    VariableTest test;
    std::vector<graph::Neighbor> storage;                 // of candidates
    absl::optional<std::vector<graph::Neighbor>> source;  // once read
  };
  // What a list is at.
  struct ListState {
    explicit ListState(keys::EntityNumber universe) : marked(universe) {}

    SortedList list;
    std::vector<graph::Neighbor> storage;
    bool known = false;
    bool used = false;  // as a lasting list
    MarkedList marked;  // empty where that does not pay
  };

  // Finds the variables from this step on.
  absl::Status Find(size_t step);
  // The same with one candidate for the step's.
  absl::Status FindWith(size_t step, graph::Neighbor candidate);
  // Counts what the last steps find and gives it to the sink.
  absl::Status CountRest();

  // The candidates of a step, kinds and conditions apart. Valid until the step or a
  // variable before it changes.
  absl::StatusOr<SortedList> Candidates(size_t step);
  // How many entities a step finds.
  absl::StatusOr<uint64_t> Count(size_t step);
  absl::StatusOr<uint64_t> CountTested(size_t step);
  // Of the lists collected for the step: how many entities they have in common, and how
  // many of those variables stand for already.
  uint64_t CountCollected(size_t step);
  uint64_t CountBound() const;

  // Puts the lists in which a step's candidates are into common_, the shortest first, and
  // a lasting one into marked_ instead where that pays. False when there are no
  // candidates.
  absl::StatusOr<bool> CollectLists(size_t step);
  void AddLasting(size_t list);
  // What the first of those lists have in common.
  SortedList Intersect(size_t step, size_t lists);
  absl::StatusOr<SortedList> List(size_t list);
  absl::StatusOr<SortedList> Source(size_t step);

  // Lets a variable stand for an entity, or for none (0).
  void Bind(size_t variable, graph::Neighbor entity);
  bool IsBound(graph::Neighbor entity) const;

  const PatternPlan& plan_;
  const JoinOrder& order_;
  const JoinTools tools_;
  MatchSink* const sink_;
  const size_t found_steps_;  // the others are counted
  ListArena arena_;
  std::vector<NeighborLists> sides_;
  std::vector<ListState> lists_;
  std::vector<StepState> steps_;
  std::vector<std::vector<size_t>> lists_of_;  // by variable
  std::vector<graph::Neighbor> entities_;      // by variable; 0: not found yet
  std::vector<SortedList> common_;
  const MarkedList* marked_ = nullptr;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PATTERN_JOIN_H_
