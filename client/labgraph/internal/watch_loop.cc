#include "labgraph/internal/watch_loop.h"

#include <utility>

#include "labgraph/error.h"

namespace labgraph::client::internal {
namespace {

// A server cancels the calls that are left when it stops, and those whose messages nobody
// takes; to the caller, who has not, that is a connection that broke.
absl::Status AsBreak(const absl::Status& error) {
  return absl::IsCancelled(error) ? absl::UnavailableError(error.message()) : error;
}

}  // namespace

WatchLoop::WatchLoop(std::shared_ptr<Connection> connection, v1::WatchRequest request,
                     bool takes_snapshots, WatchOptions options)
    : connection_(std::move(connection)),
      takes_snapshots_(takes_snapshots),
      options_(std::move(options)),
      request_(std::move(request)) {}

absl::optional<absl::StatusOr<WatchEvent>> WatchLoop::Next() {
  while (due_.empty()) {
    WatchStream* const stream = Open();
    if (stream == nullptr) return absl::nullopt;
    absl::StatusOr<absl::optional<v1::WatchResponse>> message = stream->Read();
    if (stopped()) return absl::nullopt;
    if (message.ok() && message->has_value()) {
      Take(**std::move(message));
      continue;
    }
    if (message.ok()) return absl::nullopt;
    Close();
    if (!GoesOnAfter(message.status())) {
      return absl::StatusOr<WatchEvent>(message.status());
    }
  }
  WatchEvent event = std::move(due_.front());
  due_.pop_front();
  return absl::StatusOr<WatchEvent>(std::move(event));
}

void WatchLoop::Stop() {
  absl::MutexLock lock(&mu_);
  stopped_ = true;
  if (stream_ != nullptr) stream_->Cancel();
}

bool WatchLoop::stopped() const {
  absl::MutexLock lock(&mu_);
  return stopped_;
}

WatchStream* WatchLoop::Open() {
  absl::MutexLock lock(&mu_);
  if (stopped_) return nullptr;
  if (stream_ == nullptr) stream_ = connection_->Watch(request_);
  return stream_.get();
}

void WatchLoop::Close() {
  std::unique_ptr<WatchStream> ended;  // goes after the lock
  absl::MutexLock lock(&mu_);
  ended.swap(stream_);
  in_snapshot_ = false;
  change_.Clear();
}

bool WatchLoop::GoesOnAfter(const absl::Status& error) {
  switch (ReasonOf(error)) {
    case v1::ERROR_REASON_WATCH_TOO_SLOW:
      // It took a minute to come to this, so there is no hurry to be kept from.
      return true;
    case v1::ERROR_REASON_REVISION_COMPACTED:
    case v1::ERROR_REASON_STORE_RESTORED:
      if (takes_snapshots_) request_.set_snapshot(true);
      return takes_snapshots_;
    default:
      if (retries_ == nullptr) {
        retries_ = std::make_unique<RetryLoop>(
            heard_ ? options_.retry : options_.first, Idempotency::kRead,
            absl::InfiniteDuration(),
            options_.clock != nullptr ? options_.clock : std::make_shared<Clock>());
      }
      return retries_->WaitToRetry(AsBreak(error));
  }
}

void WatchLoop::Take(v1::WatchResponse message) {
  heard_ = true;
  retries_.reset();
  if (message.has_snapshot()) TakeSnapshotPart(message);
  if (message.has_change()) TakeChangePart(message);
  if (message.has_heartbeat()) Add(WatchEvent::Type::kHeartbeat, message);
  if (!message.resume_token().empty()) {
    request_.set_resume_token(message.resume_token());
  }
}

void WatchLoop::TakeSnapshotPart(v1::WatchResponse& message) {
  if (!std::exchange(in_snapshot_, true)) {
    Add(WatchEvent::Type::kSnapshotBegins, message).resume_token.clear();
  }
  // An empty part only shows that the server is still looking.
  if (message.snapshot().ByteSizeLong() > 0) {
    WatchEvent& event = Add(WatchEvent::Type::kSnapshotPart, message);
    event.resume_token.clear();
    event.snapshot = std::move(*message.mutable_snapshot());
  }
  if (message.more()) return;
  in_snapshot_ = false;
  Add(WatchEvent::Type::kSnapshotEnds, message);
}

void WatchLoop::TakeChangePart(v1::WatchResponse& message) {
  v1::Change& part = *message.mutable_change();
  if (change_.events().empty()) {
    change_ = std::move(part);
  } else {
    for (v1::ChangeEvent& event : *part.mutable_events()) {
      *change_.add_events() = std::move(event);
    }
  }
  if (message.more()) return;
  Add(WatchEvent::Type::kChange, message).change = std::exchange(change_, v1::Change());
}

WatchEvent& WatchLoop::Add(WatchEvent::Type type, const v1::WatchResponse& message) {
  WatchEvent& event = due_.emplace_back();
  event.type = type;
  event.revision = message.revision();
  event.resume_token = message.resume_token();
  return event;
}

}  // namespace labgraph::client::internal
