#ifndef LABGRAPH_INTERNAL_WATCH_LOOP_H_
#define LABGRAPH_INTERNAL_WATCH_LOOP_H_

#include <deque>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "labgraph/connection.h"
#include "labgraph/internal/retry_loop.h"
#include "labgraph/watch.h"

namespace labgraph::client::internal {

// Turns the messages of one call of Watch after another into events. Not thread-safe, but
// for Stop.
class WatchLoop {
 public:
  WatchLoop(std::shared_ptr<Connection> connection, v1::WatchRequest request,
            bool takes_snapshots, WatchOptions options);

  // Waits for the next event; absent when stopped. Not called again after that or an
  // error.
  absl::optional<absl::StatusOr<WatchEvent>> Next();

  void Stop() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  bool stopped() const ABSL_LOCKS_EXCLUDED(mu_);
  // The call under way, or the next one; null when stopped. Only Close ends its life.
  WatchStream* Open() ABSL_LOCKS_EXCLUDED(mu_);
  void Close() ABSL_LOCKS_EXCLUDED(mu_);
  // After a call that ended with `error`: true, having waited where that is due, when
  // another is to be made.
  bool GoesOnAfter(const absl::Status& error);

  // Adds the events that a message completes.
  void Take(v1::WatchResponse message);
  void TakeSnapshotPart(v1::WatchResponse& message);
  void TakeChangePart(v1::WatchResponse& message);
  WatchEvent& Add(WatchEvent::Type type, const v1::WatchResponse& message);

  const std::shared_ptr<Connection> connection_;
  const bool takes_snapshots_;
  const WatchOptions options_;
  v1::WatchRequest request_;            // of the next call
  bool heard_ = false;                  // a message came
  std::unique_ptr<RetryLoop> retries_;  // null until a call fails without a message
  std::deque<WatchEvent> due_;
  bool in_snapshot_ = false;
  v1::Change change_;  // the parts of one that came so far

  mutable absl::Mutex mu_;
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
  std::unique_ptr<WatchStream> stream_ ABSL_GUARDED_BY(mu_);  // null between calls
};

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_WATCH_LOOP_H_
