#ifndef LABGRAPH_SERVER_QUERY_BUDGET_H_
#define LABGRAPH_SERVER_QUERY_BUDGET_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "labgraph/v1/graph_service.pb.h"

namespace labgraph::query {

// What the world outside a walk has to say to it.
enum class Signal {
  kGoOn,
  kDeadlineNear,  // stop, and answer with what there is
  kCancelled,     // nobody waits for an answer
};

// How much a walk may do, and why it had to stop. One per call. Not thread-safe.
//
// Each count below gives false when the walk must stop doing that; cut() and status() say
// why. Running out of statements does not forbid giving the hits found until then.
class Budget {
 public:
  // `poll` is asked at the first piece of work and then every kPollUnits; it may be null.
  // `hits_before`: hits that earlier pages of the answer gave.
  Budget(uint64_t max_visited, uint64_t max_hits, std::function<Signal()> poll,
         uint64_t hits_before = 0)
      : max_visited_(max_visited),
        max_hits_(max_hits),
        poll_(std::move(poll)),
        hits_before_(hits_before) {}

  // Units of work between two polls. An edge is one unit.
  static constexpr uint32_t kPollUnits = 1024;
  // Units of what reads from the store: opening the edges of an entity, a record.
  static constexpr uint32_t kReadUnits = 16;

  // Counts statements to look at, as many of `count` as may be: a smaller number than
  // `count` says that the walk must stop after those.
  size_t Visit(size_t count) {
    const uint64_t left = max_visited_ - visited_;
    const size_t allowed = count <= left ? count : static_cast<size_t>(left);
    if (allowed < count) Cut(v1::CUT_REASON_MAX_VISITED);
    if (!Work(static_cast<uint32_t>(allowed))) return 0;
    visited_ += allowed;
    return allowed;
  }
  // Counts hits to give, as many of `count` as may be. UINT64_MAX, which stands for as
  // many or more, is never the whole of them.
  size_t HitSome(size_t count) {
    const uint64_t left = max_hits_ - hits_;
    const size_t allowed = count <= left ? count : static_cast<size_t>(left);
    if (allowed < count || count == UINT64_MAX) Cut(v1::CUT_REASON_MAX_HITS);
    hits_ += allowed;
    return allowed;
  }
  // How many of the next `count` hits, or paths, earlier pages gave: passes over them.
  size_t PassOver(size_t count) {
    const uint64_t passed = std::min<uint64_t>(count, hits_before_);
    hits_before_ -= passed;
    return static_cast<size_t>(passed);
  }
  // Counts a hit, or path, to give.
  bool Hit() {
    if (hits_ == max_hits_) return Cut(v1::CUT_REASON_MAX_HITS);
    ++hits_;
    return true;
  }
  // Counts other work.
  bool Work(uint32_t units) {
    if (units < units_left_) {
      units_left_ -= units;
      return true;
    }
    return Ask();
  }

  uint64_t visited() const { return visited_; }
  // How many more may be visited.
  uint64_t visits_left() const { return max_visited_ - visited_; }
  uint64_t hits() const { return hits_; }
  // The first reason to stop; UNSPECIFIED when there was none.
  v1::CutReason cut() const { return cut_; }
  // CANCELLED after kCancelled.
  absl::Status status() const;
  // Whether anything gave false.
  bool stopped() const { return out_of_time_ || cut_ != v1::CUT_REASON_UNSPECIFIED; }
  // Whether there is no time for anything but to answer.
  bool out_of_time() const { return out_of_time_; }

 private:
  bool Ask();
  bool Cut(v1::CutReason reason);

  const uint64_t max_visited_;
  const uint64_t max_hits_;
  const std::function<Signal()> poll_;
  uint64_t hits_before_;  // that are still to be passed over
  uint64_t visited_ = 0;
  uint64_t hits_ = 0;
  uint32_t units_left_ = 0;
  v1::CutReason cut_ = v1::CUT_REASON_UNSPECIFIED;
  bool out_of_time_ = false;
  bool cancelled_ = false;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_BUDGET_H_
