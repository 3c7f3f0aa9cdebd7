#include "server/watch/watcher.h"

#include <utility>

#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"

namespace labgraph::watch {
namespace {

using Progress = Watcher::Progress;

absl::StatusOr<absl::Duration> HeartbeatOf(const v1::WatchRequest& request) {
  const uint64_t seconds = request.heartbeat_seconds();
  if (seconds > limits::kHeartbeatSeconds.value) {
    return errors::LimitExceeded("heartbeat_seconds", limits::kHeartbeatSeconds, seconds);
  }
  return absl::Seconds(seconds == 0 ? limits::kDefaultHeartbeatSeconds : seconds);
}

// What the parts of one change have in common.
void SetHeader(const v1::Change& change, v1::Change* part) {
  part->set_revision(change.revision());
  *part->mutable_commit_time() = change.commit_time();
  part->set_message(change.message());
  part->set_actor(change.actor());
}

}  // namespace

Watcher::Watcher(const graph::Graph& graph, const v1::WatchRequest& request)
    : tokens_(graph, request.filter()), definition_(request.filter()) {}

absl::StatusOr<std::unique_ptr<Watcher>> Watcher::Make(const graph::Graph& graph,
                                                       const v1::WatchRequest& request) {
  auto watcher = absl::WrapUnique(new Watcher(graph, request));
  ASSIGN_OR_RETURN(watcher->heartbeat_, HeartbeatOf(request));
  ASSIGN_OR_RETURN(std::unique_ptr<graph::View> view,
                   graph.Read({}, graph::ReadFilter::Mode::kList));
  watcher->ontology_ = view->records().shared_ontology();
  if (request.has_resume_token()) {
    // The token says that the filter was checked; what it names may be gone since.
    RETURN_IF_ERROR(watcher->tokens_.Decode(request.resume_token()).status());
    RETURN_IF_ERROR(watcher->CompileFilter(view->head()));
  } else {
    absl::StatusOr<graph::RecordFilter> filter =
        graph::RecordFilter::Make(watcher->definition_, view->records());
    if (!filter.ok()) return AtField(filter.status(), "filter");
    watcher->filter_ = *std::move(filter);
  }
  RETURN_IF_ERROR(watcher->Begin(request, std::move(view)));
  return watcher;
}

absl::Status Watcher::Begin(const v1::WatchRequest& request,
                            std::unique_ptr<graph::View> view) {
  if (request.has_after_revision()) {
    return BeginAfter(request.after_revision(), "after_revision", view->head());
  }
  if (request.has_resume_token()) {
    ASSIGN_OR_RETURN(const keys::Revision revision,
                     tokens_.Decode(request.resume_token()));
    return BeginAfter(revision, "resume_token", view->head());
  }
  if (request.snapshot()) {
    snapshot_ = std::make_unique<SnapshotReader>(std::move(view));
    return absl::OkStatus();
  }
  told_ = view->revision();
  greets_ = true;
  return absl::OkStatus();
}

absl::Status Watcher::BeginAfter(keys::Revision revision, const char* field,
                                 const graph::Head& head) {
  if (revision > head.state.head) {
    return errors::RevisionInFuture(field, revision, head.state.head);
  }
  if (revision < head.oldest) {
    return errors::RevisionCompacted(field, revision, head.oldest);
  }
  told_ = revision;
  return absl::OkStatus();
}

std::string Watcher::resume_token() const {
  return snapshot_ != nullptr ? "" : tokens_.Encode(told_);
}

absl::StatusOr<Progress> Watcher::Next(const std::shared_ptr<const graph::Head>& head,
                                       ChangeCache* changes, v1::WatchResponse* message) {
  if (head->ontology != ontology_) RETURN_IF_ERROR(CompileFilter(*head));
  if (std::exchange(greets_, false)) {
    Heartbeat(message);
    return Progress::kMessage;
  }
  return snapshot_ != nullptr ? NextOfSnapshot(message)
                              : NextChange(*head, changes, message);
}

absl::Status Watcher::CompileFilter(const graph::Head& head) {
  const graph::RecordReader records(
      graph::VersionedReader(head.snapshot.get(), head.state.head, /*newest=*/true),
      head.ontology);
  ASSIGN_OR_RETURN(filter_, graph::RecordFilter::Compile(definition_, records));
  ontology_ = head.ontology;
  return absl::OkStatus();
}

absl::Status Watcher::FollowMerges(const graph::Head& head) {
  const graph::RecordFilter before = filter_;
  RETURN_IF_ERROR(CompileFilter(head));
  filter_.AddEntitiesOf(before);
  return absl::OkStatus();
}

absl::StatusOr<Progress> Watcher::NextOfSnapshot(v1::WatchResponse* message) {
  const keys::Revision revision = snapshot_->revision();
  ASSIGN_OR_RETURN(const SnapshotReader::Piece piece,
                   snapshot_->Read(filter_, message->mutable_snapshot()));
  if (piece == SnapshotReader::Piece::kUnfinished) return Progress::kWorking;
  if (piece == SnapshotReader::Piece::kLast) {
    snapshot_.reset();
    EndMessage(revision, message);
  } else {
    message->set_revision(revision);
    message->set_more(true);
  }
  return Progress::kMessage;
}

absl::StatusOr<Progress> Watcher::NextChange(const graph::Head& head,
                                             ChangeCache* changes,
                                             v1::WatchResponse* message) {
  judged_ = 0;
  while (told_ < head.state.head) {
    if (told_ < head.oldest) return errors::RevisionCompacted("", told_, head.oldest);
    if (ontology_ == nullptr) RETURN_IF_ERROR(CompileFilter(head));
    ASSIGN_OR_RETURN(LoadedChange * change, changes->Get(head, told_ + 1));
    ASSIGN_OR_RETURN(const Progress progress, TellChange(*change, head, message));
    if (progress != Progress::kUpToDate) return progress;
  }
  return Progress::kUpToDate;
}

absl::StatusOr<Progress> Watcher::TellChange(LoadedChange& change,
                                             const graph::Head& head,
                                             v1::WatchResponse* message) {
  const v1::Change& all = change.change();
  size_t bytes = message->change().ByteSizeLong();
  // The redirect comes last: what was moved before it counts too.
  if (next_event_ == 0 && change.Merges(filter_)) RETURN_IF_ERROR(FollowMerges(head));
  for (; next_event_ < all.events_size(); ++next_event_) {
    if (judged_++ >= kEventsPerCall) return Progress::kWorking;
    ASSIGN_OR_RETURN(const bool passes, change.Passes(next_event_, filter_, head));
    if (!passes) continue;
    const v1::ChangeEvent& event = all.events(next_event_);
    if (bytes >= limits::kStreamMessageBytes) {
      message->set_revision(all.revision());
      message->set_more(true);
      begun_ = true;
      return Progress::kMessage;
    }
    if (!message->has_change()) SetHeader(all, message->mutable_change());
    *message->mutable_change()->add_events() = event;
    bytes += event.ByteSizeLong();
  }
  ++judged_;  // passing over changes without any event takes time as well
  next_event_ = 0;
  // From here on the filter is about what its entities lead to now.
  if (change.Redirects(filter_)) ontology_ = nullptr;
  if (!message->has_change() && !begun_ && !filter_.passes_all()) {
    ++told_;
    return judged_ >= kEventsPerCall ? Progress::kWorking : Progress::kUpToDate;
  }
  SetHeader(all, message->mutable_change());
  begun_ = false;
  EndMessage(all.revision(), message);
  return Progress::kMessage;
}

void Watcher::EndMessage(keys::Revision revision, v1::WatchResponse* message) {
  told_ = revision;
  message->set_revision(revision);
  message->set_resume_token(resume_token());
}

bool Watcher::Heartbeat(v1::WatchResponse* message) {
  if (snapshot_ != nullptr) {
    message->mutable_snapshot();
    message->set_revision(snapshot_->revision());
    message->set_more(true);
    return true;
  }
  if (message->has_change() || begun_ || next_event_ > 0) return false;
  message->mutable_heartbeat();
  EndMessage(told_, message);
  return true;
}

}  // namespace labgraph::watch
