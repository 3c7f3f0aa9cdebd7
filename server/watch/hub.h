#ifndef LABGRAPH_SERVER_WATCH_HUB_H_
#define LABGRAPH_SERVER_WATCH_HUB_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <set>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "labgraph/v1/history.pb.h"
#include "server/base/clock.h"
#include "server/graph/graph.h"
#include "server/watch/change_cache.h"
#include "server/watch/outlet.h"
#include "server/watch/watcher.h"

namespace labgraph::watch {

// How long the hub puts up with a caller.
struct Patience {
  // A message that took longer than this to be taken ends its watch: WATCH_TOO_SLOW.
  absl::Duration stall = absl::Seconds(60);
  // One that took longer than this is given up.
  absl::Duration give_up = absl::Minutes(5);
  // The same while the hub is stopping.
  absl::Duration stop = absl::Seconds(1);
};

// All watches of a server, served by one thread. A watch has its turn when there is a
// newer head, when its message was taken, when a heartbeat is due and when its call ends;
// a turn does a bounded amount of work and sends at most one message. Between turns a
// watch is its place in the change log and the message being sent. Thread-safe.
class Hub {
 public:
  // Starts the thread. `graph`, whose OnPublished the hub takes, and `clock` must outlive
  // the hub.
  Hub(graph::Graph* graph, const Clock* clock, Patience patience = Patience());
  // Stops, and waits for the last watch to end.
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  // Begins a watch. `outlet` must live until its End is called. On error, which it is not
  // told of, there is no watch: those of Watcher::Make, and BUSY.
  absl::Status Start(const v1::WatchRequest& request, Outlet* outlet)
      ABSL_LOCKS_EXCLUDED(mu_);

  // What became of the outlet's message. False: the call is broken.
  void Sent(Outlet* outlet, bool ok) ABSL_LOCKS_EXCLUDED(mu_);
  // The caller went away. Nothing where the watch has ended.
  void Cancelled(Outlet* outlet) ABSL_LOCKS_EXCLUDED(mu_);

  // Has the thread look for a newer head and at the clock.
  void Wake() ABSL_LOCKS_EXCLUDED(mu_);

  // Ends all watches with BUSY, and refuses new ones in the same way. Does not wait.
  void Stop() ABSL_LOCKS_EXCLUDED(mu_);

  size_t watches() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  // One watch. What stands under "guarded" is, by mu_; the rest is the thread's.
  struct Watch {
    Watch(Outlet* outlet, std::unique_ptr<Watcher> watcher)
        : outlet(outlet), watcher(std::move(watcher)) {}

    Outlet* const outlet;
    const std::unique_ptr<Watcher> watcher;
    v1::WatchResponse message;  // being made, or the transport's while it is sent

    // Guarded:
    bool queued = false;
    bool sending = false;
    bool broken = false;  // the caller is gone
    bool slow = false;    // a message took too long
    bool given_up = false;
    absl::Time since;  // the last message began to be sent, or was sent
    absl::Time due = absl::InfiniteFuture();  // its place in timers_
  };
  // What a turn finds.
  struct Situation {
    bool sending;
    bool broken;
    bool slow;
    bool stopping;
    bool heartbeat_due;
    bool give_up;
  };

  void Run() ABSL_LOCKS_EXCLUDED(mu_);
  // Waits for a watch whose turn it is; null when the hub has stopped.
  Watch* AwaitTurn() ABSL_LOCKS_EXCLUDED(mu_);
  void QueueDue() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Queue(Watch& watch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void SetTimer(Watch& watch, absl::Time due) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  absl::Time PatienceEnds(const Watch& watch) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  void TakeTurn(Watch& watch) ABSL_LOCKS_EXCLUDED(mu_);
  Situation Look(Watch& watch) ABSL_LOCKS_EXCLUDED(mu_);
  // Goes on telling; an error ends the watch.
  absl::Status Tell(Watch& watch, bool heartbeat_due) ABSL_LOCKS_EXCLUDED(mu_);
  void Send(Watch& watch) ABSL_LOCKS_EXCLUDED(mu_);
  void End(Watch& watch, const absl::Status& status) ABSL_LOCKS_EXCLUDED(mu_);

  graph::Graph* const graph_;
  const Clock* const clock_;
  const Patience patience_;
  ChangeCache changes_;  // used by the thread

  mutable absl::Mutex mu_;
  absl::CondVar changed_;
  bool woken_ ABSL_GUARDED_BY(mu_) = false;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  absl::Time stopping_since_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<Outlet*, std::unique_ptr<Watch>> watches_ ABSL_GUARDED_BY(mu_);
  std::deque<Watch*> queue_ ABSL_GUARDED_BY(mu_);  // those whose turn it is
  std::set<std::pair<absl::Time, Watch*>> timers_ ABSL_GUARDED_BY(mu_);

  std::thread thread_;  // last: it uses all the above
};

}  // namespace labgraph::watch

#endif  // LABGRAPH_SERVER_WATCH_HUB_H_
