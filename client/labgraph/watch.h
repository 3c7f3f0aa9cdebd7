#ifndef LABGRAPH_WATCH_H_
#define LABGRAPH_WATCH_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "labgraph/connection.h"
#include "labgraph/names.h"
#include "labgraph/range.h"
#include "labgraph/retry_policy.h"

namespace labgraph::client {

namespace internal {
class WatchLoop;
}  // namespace internal

// Something that a watch tells.
struct WatchEvent {
  enum class Type {
    // A snapshot of the store at `revision` begins: drop what you hold. It can come at
    // any time, see Watch.
    kSnapshotBegins,
    // A part of it, in `snapshot`.
    kSnapshotPart,
    // It is whole; changes follow.
    kSnapshotEnds,
    // What one commit changed, whole, in `change`.
    kChange,
    // All changes up to `revision` were told.
    kHeartbeat,
  };

  Type type = Type::kHeartbeat;
  uint64_t revision = 0;
  // Where to go on after this event: keep it together with what you made of the event.
  // Empty while a snapshot has not ended.
  std::string resume_token;
  v1::SnapshotPart snapshot;
  v1::Change change;
};

// The events of one watch, as Range describes, without end: an event is waited for. An
// error is the last element. Not thread-safe, but for Stop.
class WatchRange : public Range<WatchEvent> {
 public:
  // Ends the range, from any thread: whoever waits for an event gets the end instead, at
  // the latest after a wait between two attempts. The range must still be there.
  void Stop();

 private:
  friend class Watch;
  explicit WatchRange(std::shared_ptr<internal::WatchLoop> loop);

  std::shared_ptr<internal::WatchLoop> loop_;
};

// How a watch goes on after it broke.
struct WatchOptions {
  // Attempts until the first message of all.
  RetryPolicy first;
  // Attempts in a row without a message after that, by default for more than a minute:
  // the server may be starting again. Every message makes it begin anew.
  RetryPolicy retry = {.max_attempts = 20};
  // Null: the system's clock.
  std::shared_ptr<Clock> clock;
};

// Watches changes as they are committed:
//
//   WatchRange events = Watch().Kinds("lab").Snapshot().Run(connection);
//   for (absl::StatusOr<WatchEvent>& event : events) {
//     if (!event.ok()) return event.status();
//     switch (event->type) { ... }
//   }
//
// Where the connection breaks or is silent (see Connect), the server is restarted, or
// messages were taken too slowly, the range goes on behind the last event by itself, so
// that none is missed and none comes twice. Where that cannot be, as the store no longer
// keeps the changes that come next or was restored from a backup, it begins anew with a
// snapshot, and says so by kSnapshotBegins. Copyable; Run may be called any number of
// times. Not thread-safe.
class Watch {
 public:
  // From which event on; the call made last counts. By default FromHead.
  Watch& FromHead();
  Watch& After(uint64_t revision);
  Watch& Snapshot();
  // Behind the event that had this token; the filter must be as it was then.
  Watch& Resume(absl::string_view token);

  // Only records of these kinds, of these predicates or inverse names, about these
  // entities, see v1::RecordFilter. Called again they add names.
  template <Name... Names>
  Watch& Kinds(const Names&... kinds) {
    return Kinds(NameList(kinds...));
  }
  Watch& Kinds(const std::vector<std::string>& kinds);
  template <Name... Names>
  Watch& Predicates(const Names&... predicates) {
    return Predicates(NameList(predicates...));
  }
  Watch& Predicates(const std::vector<std::string>& predicates);
  template <Name... Names>
  Watch& Entities(const Names&... ids) {
    return Entities(NameList(ids...));
  }
  Watch& Entities(const std::vector<std::string>& ids);

  // How long the server may be silent; whole seconds, 1 to 300. By default 15.
  Watch& Heartbeat(absl::Duration silence);
  // Where a snapshot would be needed to go on, ends with REVISION_COMPACTED or
  // STORE_RESTORED instead.
  Watch& WithoutNewSnapshots();

  // The request of the first call.
  const v1::WatchRequest& request() const { return request_; }

  // Watches. The range asks nothing before its first element is wanted.
  WatchRange Run(std::shared_ptr<Connection> connection, WatchOptions options = {}) const;

 private:
  v1::WatchRequest request_;
  bool takes_snapshots_ = true;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_WATCH_H_
