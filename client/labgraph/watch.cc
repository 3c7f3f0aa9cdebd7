#include "labgraph/watch.h"

#include <utility>

#include "labgraph/internal/watch_loop.h"

namespace labgraph::client {

WatchRange::WatchRange(std::shared_ptr<internal::WatchLoop> loop)
    : Range<WatchEvent>([loop] { return loop->Next(); }), loop_(std::move(loop)) {}

void WatchRange::Stop() { loop_->Stop(); }

Watch& Watch::FromHead() {
  request_.clear_start();
  return *this;
}

Watch& Watch::After(uint64_t revision) {
  request_.set_after_revision(revision);
  return *this;
}

Watch& Watch::Snapshot() {
  request_.set_snapshot(true);
  return *this;
}

Watch& Watch::Resume(absl::string_view token) {
  request_.set_resume_token(std::string(token));
  return *this;
}

Watch& Watch::Kinds(const std::vector<std::string>& kinds) {
  for (const std::string& kind : kinds) request_.mutable_filter()->add_kinds(kind);
  return *this;
}

Watch& Watch::Predicates(const std::vector<std::string>& predicates) {
  for (const std::string& name : predicates) {
    request_.mutable_filter()->add_predicates(name);
  }
  return *this;
}

Watch& Watch::Entities(const std::vector<std::string>& ids) {
  for (const std::string& id : ids) request_.mutable_filter()->add_entities(id);
  return *this;
}

Watch& Watch::Heartbeat(absl::Duration silence) {
  request_.set_heartbeat_seconds(static_cast<uint32_t>(absl::ToInt64Seconds(silence)));
  return *this;
}

Watch& Watch::WithoutNewSnapshots() {
  takes_snapshots_ = false;
  return *this;
}

WatchRange Watch::Run(std::shared_ptr<Connection> connection,
                      WatchOptions options) const {
  return WatchRange(std::make_shared<internal::WatchLoop>(
      std::move(connection), request_, takes_snapshots_, std::move(options)));
}

}  // namespace labgraph::client
