#ifndef LABGRAPH_TRAVERSAL_H_
#define LABGRAPH_TRAVERSAL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/connection.h"
#include "labgraph/names.h"
#include "labgraph/read_modifiers.h"
#include "labgraph/summary_range.h"

namespace labgraph::client {

using TraversalRange = SummaryRange<v1::TraverseHit, v1::TraverseSummary>;

// Builds a walk through the graph so that it reads like the question:
//
//   From("lab/caterpillar").Out("merged_into").ValidAt("2023-01-01").Run(connection)
//   From("commodity/drugs").In("involves").In("broader").Hops(0, 3).In("targets")
//
// Out, In and Both begin a step; Hops, Kinds and Where say more of the step begun last. A
// chain that makes no sense is not a crash: Build and Run give its first mistake as
// INVALID_ARGUMENT. Copyable; Run may be called any number of times. Not thread-safe.
class Traversal : public ReadModifiers<Traversal> {
 public:
  explicit Traversal(std::vector<std::string> start);

  // Steps along these predicates or inverse names; none means every relation.
  template <Name... Names>
  Traversal& Out(const Names&... predicates) {
    return Step(v1::DIRECTION_OUT, NameList(predicates...));
  }
  template <Name... Names>
  Traversal& In(const Names&... predicates) {
    return Step(v1::DIRECTION_IN, NameList(predicates...));
  }
  template <Name... Names>
  Traversal& Both(const Names&... predicates) {
    return Step(v1::DIRECTION_BOTH, NameList(predicates...));
  }
  Traversal& Step(v1::Direction direction, std::vector<std::string> predicates);

  // Exactly this many hops, or from min to max. 0 keeps the entities that the step
  // starts from.
  Traversal& Hops(uint32_t hops) { return Hops(hops, hops); }
  Traversal& Hops(uint32_t min, uint32_t max);
  // Only entities of these kinds are hits of the step. Called again it adds kinds.
  template <Name... Names>
  Traversal& Kinds(const Names&... kinds) {
    return Kinds(NameList(kinds...));
  }
  Traversal& Kinds(const std::vector<std::string>& kinds);
  // Only entities for which this filter is true are hits of the step. Called again,
  // both must be true.
  Traversal& Where(absl::string_view filter);

  // What an answer carries; by default the records of the entities.
  Traversal& IdsOnly() { return View(v1::ENTITY_VIEW_IDS); }
  Traversal& View(v1::EntityView view);
  // Every hit carries all statements from its start.
  Traversal& WithPaths();
  // Hits of the steps before the last as well.
  Traversal& WithIntermediate();
  // No hits, only the summary: see TraversalRange::Finish.
  Traversal& CountOnly();
  // At most this many hits, at least 1.
  Traversal& Limit(uint64_t hits);
  // Look at no more than this many statements, at least 1.
  Traversal& MaxVisited(uint64_t statements);
  // Goes on behind the last hit of an answer that Limit cut: `next_page_token` of its
  // summary (see TraversalRange::Finish). The rest of the chain must be as it was then.
  Traversal& PageToken(absl::string_view token);

  // The request, or the first mistake in the chain with the field it concerns.
  absl::StatusOr<v1::TraverseRequest> Build() const;

  // Walks. The range asks nothing before its first element is wanted.
  TraversalRange Run(std::shared_ptr<Connection> connection) const;

 private:
  // The step begun last; null, and a mistake noted, where there is none.
  v1::TraverseStep* LastStep(absl::string_view method);
  std::string LastStepField(absl::string_view field) const;

  v1::TraverseRequest request_;
  absl::Status mistake_;  // the first one, as others often follow from it
};

// Begins a walk at these entities.
template <Name... Ids>
Traversal From(const Ids&... ids) {
  return Traversal(NameList(ids...));
}
inline Traversal From(std::vector<std::string> ids) { return Traversal(std::move(ids)); }

}  // namespace labgraph::client

#endif  // LABGRAPH_TRAVERSAL_H_
