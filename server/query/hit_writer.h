#ifndef LABGRAPH_SERVER_QUERY_HIT_WRITER_H_
#define LABGRAPH_SERVER_QUERY_HIT_WRITER_H_

#include <cstdint>
#include <map>
#include <vector>

#include "absl/status/status.h"
#include "labgraph/v1/graph_service.pb.h"
#include "server/query/budget.h"
#include "server/query/reach.h"
#include "server/query/traverse.h"

namespace labgraph::query {

// Counts hits and passes them to the sink, those of one step by depth. Starts of a later
// step may lie at different depths, so that a level of it has hits of several; those
// that are early wait here. Hits that earlier pages gave are neither counted nor passed
// on. Not thread-safe.
class HitWriter {
 public:
  // `sink` null: only count. `ways` null: without paths.
  HitWriter(HitSink* sink, const WayTree* ways, Budget* budget,
            v1::TraverseSummary* summary)
      : sink_(sink), ways_(ways), budget_(budget), summary_(summary) {}

  // Begins a level whose hits all have at least this depth: gives those that wait and may
  // not come after them.
  absl::Status BeginLevel(uint32_t step, uint32_t least_depth);
  // REQUIRES: between calls of BeginLevel, in order of depth.
  absl::Status Add(const Reach& reach);
  // Gives all that wait.
  absl::Status EndStep();

 private:
  absl::Status GiveWaiting(uint32_t last_depth);
  absl::Status Give(const Reach& reach);

  HitSink* const sink_;
  const WayTree* const ways_;
  Budget* const budget_;
  v1::TraverseSummary* const summary_;
  uint32_t step_ = 0;
  uint32_t depth_ = 0;
  std::map<uint32_t, std::vector<Reach>> waiting_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_HIT_WRITER_H_
