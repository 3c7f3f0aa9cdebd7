#ifndef LABGRAPH_SERVER_WATCH_WATCHER_H_
#define LABGRAPH_SERVER_WATCH_WATCHER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "labgraph/v1/history.pb.h"
#include "server/graph/graph.h"
#include "server/graph/record_filter.h"
#include "server/watch/change_cache.h"
#include "server/watch/resume_token.h"
#include "server/watch/snapshot_reader.h"

namespace labgraph::watch {

// What one watch tells next. It knows how far it came and reads on from there: nothing
// waits in memory for a caller who is slow. Not thread-safe.
class Watcher {
 public:
  // Records or events that one call of Next judges, at most, but for what one of the
  // snapshot's pieces has.
  static constexpr size_t kEventsPerCall = 2000;

  // Checks the request. `graph` must outlive the watcher. Errors, at fields of the
  // request: LIMIT_EXCEEDED, REVISION_IN_FUTURE, REVISION_COMPACTED,
  // RESUME_TOKEN_INVALID, STORE_RESTORED, and those of graph::RecordFilter::Make.
  static absl::StatusOr<std::unique_ptr<Watcher>> Make(const graph::Graph& graph,
                                                       const v1::WatchRequest& request);

  // Silence after which a heartbeat is due.
  absl::Duration heartbeat() const { return heartbeat_; }

  // What a call of Next left.
  enum class Progress {
    kMessage,   // a message to be sent
    kWorking,   // not yet one, but there is more to look at: call again
    kUpToDate,  // nothing to tell until there is a newer head
  };

  // Goes on with `message`, which is empty at first and after kMessage, and otherwise as
  // this left it. Takes some milliseconds at most, beside reading one change. Errors end
  // the watch: REVISION_COMPACTED when the store no longer keeps what comes next, and
  // those of reading.
  absl::StatusOr<Progress> Next(const std::shared_ptr<const graph::Head>& head,
                                ChangeCache* changes, v1::WatchResponse* message);

  // Makes `message` one that tells that the stream is alive. False in the middle of a
  // commit, which is not the place for one.
  bool Heartbeat(v1::WatchResponse* message);

  // All changes up to this revision have been told, and the token that says so: 0 and
  // empty while a snapshot is told.
  keys::Revision told() const { return told_; }
  std::string resume_token() const;

 private:
  Watcher(const graph::Graph& graph, const v1::WatchRequest& request);

  // Where to begin; `view` is the graph at its head.
  absl::Status Begin(const v1::WatchRequest& request, std::unique_ptr<graph::View> view);
  absl::Status BeginAfter(keys::Revision revision, const char* field,
                          const graph::Head& head);

  // Compiles the filter for what `head` says of its names.
  absl::Status CompileFilter(const graph::Head& head);
  // Has the filter be about what its entities are merged into by a change as well, and
  // still about what it was about before.
  absl::Status FollowMerges(const graph::Head& head);
  absl::StatusOr<Progress> NextOfSnapshot(v1::WatchResponse* message);
  absl::StatusOr<Progress> NextChange(const graph::Head& head, ChangeCache* changes,
                                      v1::WatchResponse* message);
  // Tells of the change after told_ what the message has room for. kUpToDate: all of it
  // was judged, and nothing is left to be told.
  absl::StatusOr<Progress> TellChange(LoadedChange& change, const graph::Head& head,
                                      v1::WatchResponse* message);
  void EndMessage(keys::Revision revision, v1::WatchResponse* message);

  const ResumeTokens tokens_;
  const v1::RecordFilter definition_;
  absl::Duration heartbeat_;
  graph::RecordFilter filter_;
  // That filter_ was compiled with; null where it is to be compiled anew.
  std::shared_ptr<const schema::Ontology> ontology_;

  bool greets_ = false;  // begins with a heartbeat, to say where the stream begins
  std::unique_ptr<SnapshotReader> snapshot_;  // null when it is told, or none is
  keys::Revision told_ = 0;
  // In the change after told_:
  int next_event_ = 0;
  bool begun_ = false;  // a part of it was told
  size_t judged_ = 0;   // events, in this call
};

}  // namespace labgraph::watch

#endif  // LABGRAPH_SERVER_WATCH_WATCHER_H_
